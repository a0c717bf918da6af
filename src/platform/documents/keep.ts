import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UnreadableError } from './unreadable.ts'

export interface KeptFile extends AsyncDisposable {
  readonly path: string
}

/** Puts what comes where the reading process can read it from any place; gone again when it is disposed of. */
export async function keepForReading(content: AsyncIterable<Uint8Array>, most: number): Promise<KeptFile> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-reading-'))
  const remove = async () => rm(folder, { recursive: true, force: true })
  const path = join(folder, 'document')
  try {
    await pipeline(upTo(content, most), createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await remove()
    throw error
  }
  return { path, [Symbol.asyncDispose]: remove }
}

async function* upTo(content: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of content) {
    bytes += piece.length
    if (bytes > most) throw new UnreadableError('tooLarge', `more than ${most} bytes`)
    yield piece
  }
}
