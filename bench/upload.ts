import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startHub, type HubProcess } from '../e2e/hub-process.ts'
import { readMemory } from './memory.ts'
import { printRows } from './table.ts'

const run = promisify(execFile)
/** What the browser sends at once on a line that is fast. */
const pieceBytes = 8_000_000
/** After which share of the file the line breaks. */
const breaks = [0.2, 0.5, 0.9]
const mostGrowth = 40

/** Sends so many megabytes in parts to a started hub over a line that breaks three times; false when a figure is over its budget. */
export async function benchUpload(megabytes: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const data = join(folder, 'data')
  try {
    const hub = await startHub({ HUB_DATA: data, HUB_SEED: 'none', HUB_LOG: 'silent' })
    try {
      const cookie = await signIn(hub, data)
      // What is made once, at the first file, is no growth.
      await using first = await aFile(join(folder, 'first'), 20)
      await send({ hub, cookie }, first, [])
      await using file = await aFile(join(folder, 'file'), megabytes)
      return await measure({ hub, cookie }, file)
    } finally {
      await hub.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface Sender {
  readonly hub: HubProcess
  readonly cookie: string
}

export interface BigFile extends AsyncDisposable {
  readonly handle: FileHandle
  readonly bytes: number
  readonly sha256: string
}

/** A file of random bytes that begins as a PDF, and its hash. */
export async function aFile(path: string, megabytes: number): Promise<BigFile> {
  const handle = await open(path, 'w+')
  const hash = createHash('sha256')
  for (let count = 0; count < megabytes; count += 1) {
    const block = randomBytes(1_000_000)
    if (count === 0) block.write('%PDF-1.7\n\0')
    hash.update(block)
    await handle.write(block)
  }
  const bytes = megabytes * 1_000_000
  return { handle, bytes, sha256: hash.digest('hex'), [Symbol.asyncDispose]: async () => handle.close() }
}

/** Adds somebody from the terminal, takes the invitation up, and gives the cookie of their visit. */
export async function signIn({ origin }: HubProcess, data: string): Promise<string> {
  const words = ['user', 'add', 'bench@example.org', '--role', 'editor', '--scope', '*', '--lang', 'en']
  const env = { ...process.env, HUB_DATA: data, HUB_ORIGIN: origin, HUB_LOG: 'warn' }
  const { stdout } = await run(process.execPath, ['dist/passerelle.js', ...words], { env })
  const [link = ''] = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(stdout) ?? []
  const body = new URLSearchParams({ name: 'Bench', password: 'une passerelle de bois clair', lang: 'en' })
  const answer = await fetch(link, { method: 'POST', body, headers: { origin }, redirect: 'manual' })
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0])
  if (answer.status !== 303 || cookie.length === 0) throw new Error(`The invitation was not taken: ${answer.status}`)
  return cookie.join('; ')
}

const ask = async ({ hub, cookie }: Sender, method: string, path: string, more: Record<string, string> = {}) =>
  fetch(hub.origin + path, { method, headers: { cookie, origin: hub.origin, 'tus-resumable': '1.0.0', ...more } })

/** How many bytes the hub has; it may not have seen yet that the line broke. */
async function offsetOf(sender: Sender, path: string): Promise<number> {
  for (;;) {
    const answer = await ask(sender, 'HEAD', path)
    if (answer.ok) return Number(answer.headers.get('upload-offset'))
    if (answer.status !== 423) throw new Error(`The upload does not go on: ${answer.status}`)
    await pause(20)
  }
}

/** Sends one part; `isBroken`: the line breaks in its middle. */
async function sendPiece({ hub, cookie }: Sender, path: string, offset: number, content: Buffer, isBroken: boolean) {
  const headers = {
    cookie,
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
    'content-length': String(content.length),
  }
  const outgoing = request(hub.origin + path, { method: 'PATCH', headers })
  const answered = once(outgoing, 'response')
  if (isBroken) {
    answered.catch(() => undefined)
    outgoing.write(content.subarray(0, content.length / 2))
    await pause(100)
    outgoing.destroy()
    return
  }
  outgoing.end(content)
  const [answer] = await answered
  answer.resume()
  if (answer.statusCode !== 204) throw new Error(`A part was refused: ${answer.statusCode}`)
}

/** Sends a file to its end; the hash that the hub has of it, the line that forms name it by, and how many bytes were sent more than once. */
export async function send(sender: Sender, { handle, bytes }: BigFile, shares: readonly number[]) {
  const begun = await ask(sender, 'POST', '/en/desk/uploads', { 'upload-length': String(bytes) })
  const path = begun.headers.get('location') ?? ''
  const left = shares.map((share) => share * bytes)
  const buffer = Buffer.alloc(pieceBytes)
  let [offset, again] = [0, 0]
  while (offset < bytes) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(pieceBytes, bytes - offset), offset)
    const isBroken = left[0] !== undefined && offset >= left[0]
    if (isBroken) left.shift()
    await sendPiece(sender, path, offset, buffer.subarray(0, bytesRead), isBroken)
    const there = await offsetOf(sender, path)
    if (isBroken) again += offset + bytesRead / 2 - there
    offset = there
  }
  for (;;) {
    const said: unknown = await (await ask(sender, 'GET', path)).json()
    const { state, ref }: { state?: unknown; ref?: unknown } = Object(said)
    if (state === 'kept') return { sha256: String(ref).split(' ')[0], ref: String(ref), again }
    if (state !== 'checking') throw new Error(`The file was not kept: ${JSON.stringify(said)}`)
    await pause(100)
  }
}

async function measure(sender: Sender, file: BigFile): Promise<boolean> {
  const { pid } = sender.hub
  const before = (await readMemory(pid)) ?? 0
  let most = before
  const watching = setInterval(() => {
    void readMemory(pid).then((memory) => (most = Math.max(most, memory ?? 0)))
  }, 25)
  const from = performance.now()
  const { sha256, again } = await send(sender, file, breaks).finally(() => clearInterval(watching))
  const seconds = (performance.now() - from) / 1000
  const rows = [
    { what: `${file.bytes / 1e6} MB with three breaks`, value: seconds, unit: 's', most: 60 },
    { what: 'sent again after a break', value: again / 1e6, unit: 'MB', most: (breaks.length * pieceBytes) / 2e6 },
    { what: 'checksums that differ', value: sha256 === file.sha256 ? 0 : 1, unit: '', most: 0 },
    { what: 'memory grew by at most', value: (most - before) / 1e6, unit: 'MB', most: mostGrowth },
  ]
  return printRows(rows)
}
