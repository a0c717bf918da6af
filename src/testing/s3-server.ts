import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import type { S3StoreOptions } from '#platform/files/index.ts'

export const s3Bucket = 'hub-files'

/** The one key that the server knows. */
const key = 'S3RVER'

/** An S3-compatible server of the tests, in a process and a folder of its own on a free loopback port. */
export interface S3Server extends AsyncDisposable {
  readonly place: Omit<S3StoreOptions, 'incoming' | 'prefix'>
  /** The settings of a hub that keeps its files there. */
  readonly environment: Readonly<Record<string, string>>
  /** The names of what is kept, by the hand of another client. */
  keys(): Promise<string[]>
  /** Writes something there behind the store's back. */
  write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void>
}

export async function startS3Server(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-s3-'))
  const program = join(import.meta.dirname, 's3-server-process.ts')
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()))
    child.once('exit', () => reject(new Error('The S3 server of the tests ended at once')))
  })
  const endpoint = `http://127.0.0.1:${port}`
  const other = new AwsClient({ accessKeyId: key, secretAccessKey: key, region: 'us-east-1', service: 's3' })
  const address = `${endpoint}/${s3Bucket}`
  return {
    place: { endpoint, bucket: s3Bucket, region: 'us-east-1', key, secret: key },
    environment: {
      FILES_URL: `s3://127.0.0.1:${port}/${s3Bucket}?tls=off`,
      FILES_KEY: key,
      FILES_SECRET: key,
    },
    keys: async () => {
      const list = await (await other.fetch(`${address}?list-type=2`)).text()
      return [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, name = '']) => name)
    },
    write: async (name, content) => {
      const answer = await other.fetch(`${address}/${name}`, { method: 'PUT', body: content })
      if (!answer.ok) throw new Error(await answer.text())
    },
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
