import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, unlessMissing } from './incoming.ts'
import { isSpoolNote, type SpoolNote, type Spooled } from './spool-note.ts'
import type { StoredFile } from './store.ts'

/** What is sent in parts could not be added to; `why` says what the sender can do about it. */
export class SpoolError extends Error {
  override name = 'SpoolError'
  readonly why: 'busy' | 'offset' | 'tooMuch' | 'checksum' | 'gone'
  constructor(why: SpoolError['why']) {
    super(`A part was not taken: ${why}`)
    this.why = why
  }
}

export interface Part {
  /** Where it begins. */
  readonly offset: number
  readonly content: ReadableStream<Uint8Array> | null
  /** What its bytes must come to, when the sender says so. */
  readonly checksum?: { readonly algorithm: 'sha1' | 'sha256'; readonly value: string }
}

/** Where files wait that are sent in parts, over days perhaps: in a folder, each person's for themselves. */
export interface Spool {
  create(owner: string, note: Omit<SpoolNote, 'taken' | 'outcome'>): Promise<string>
  find(owner: string, id: string): Promise<Spooled | null>
  list(owner: string): Promise<Spooled[]>
  /** Adds a part; resolves to how much is safely on the disk then. What came of a part that broke off stays. */
  append(owner: string, id: string, part: Part): Promise<number>
  /** Whether somebody is sending a part at this moment. */
  isBusy(owner: string, id: string): boolean
  /** The file that is waiting, for whoever takes it away. */
  pathOf(owner: string, id: string): string
  /** Notes what the file is, before its bytes are taken away from here. */
  noteTaken(owner: string, id: string, file: StoredFile): Promise<void>
  /** Notes what became of it, and lets its bytes go. */
  settle(owner: string, id: string, outcome: NonNullable<SpoolNote['outcome']>): Promise<void>
  remove(owner: string, id: string): Promise<void>
  /** Does something for an upload, or waits for it where it is being done. */
  once(id: string, work: () => Promise<void>): Promise<void>
  /** Removes what nobody has added to since an instant. Returns how many. */
  sweep(before: number): Promise<number>
  /** Bytes that the disk has room for. */
  free(): Promise<number>
}

/** Milliseconds without a byte after which a sender is taken for gone: another may go on. */
const STALE = 5000

interface Writer {
  seenAt: number
  readonly stop: () => void
  readonly done: Promise<unknown>
}

export function createSpool(folder: string): Spool {
  const works = new Map<string, Promise<void>>()
  const pathOf = (owner: string, id: string) => join(folder, owner, `${id}.part`)
  const notePath = (owner: string, id: string) => join(folder, owner, `${id}.json`)
  const find: Spool['find'] = async (owner, id) => {
    if (!isName(owner) || !isName(id)) return null
    const note = await readNote(notePath(owner, id))
    if (!note) return null
    const part = note.outcome ? null : await unlessMissing(stat(pathOf(owner, id)))
    return { ...note, id, ...standingOf(note, part) }
  }
  const remove: Spool['remove'] = async (owner, id) => {
    await rm(notePath(owner, id), { force: true })
    await rm(pathOf(owner, id), { force: true })
  }
  const change = async (owner: string, id: string, changed: Partial<SpoolNote>) => {
    const note = await readNote(notePath(owner, id))
    if (note) await writeNote(notePath(owner, id), { ...note, ...changed })
  }
  const { isBusy, append, isWriting } = createWriters(find, pathOf)
  return {
    find,
    remove,
    isBusy,
    pathOf,
    create: async (owner, note) => {
      if (!isName(owner)) throw new Error('A person whose id is no name of a folder')
      await mkdir(join(folder, owner), { recursive: true, mode: 0o700 })
      const id = randomUUID()
      await writeFile(pathOf(owner, id), '', { mode: 0o600, flag: 'wx' })
      await writeNote(notePath(owner, id), note)
      return id
    },
    list: async (owner) => {
      const found = await Promise.all((await idsIn(join(folder, owner))).map(async (id) => find(owner, id)))
      return found.filter((one) => one !== null)
    },
    append,
    noteTaken: async (owner, id, taken) => change(owner, id, { taken }),
    settle: async (owner, id, outcome) => {
      await change(owner, id, { outcome })
      await rm(pathOf(owner, id), { force: true })
    },
    once: async (id, work) => {
      const known = works.get(id)
      if (known) return known
      const doing = work().finally(() => works.delete(id))
      works.set(id, doing)
      return doing
    },
    sweep: async (before) => sweepSpool(folder, before, (owner, id) => (isWriting(id) ? null : remove(owner, id))),
    free: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
  }
}

/** How far an upload is, by its note and by the part that lies there. */
function standingOf(note: SpoolNote, part: { readonly size: number } | null) {
  const isGone = !note.outcome && part === null
  const isTaken = isGone && note.taken !== undefined
  const offset = note.outcome || isTaken ? note.bytes : (part?.size ?? 0)
  return { offset, isTaken, isLost: isGone && !isTaken }
}

/** Lets one sender at a time add to an upload; one that has gone silent makes way for the next. */
function createWriters(find: Spool['find'], pathOf: Spool['pathOf']) {
  const writers = new Map<string, Writer>()
  const isBusy: Spool['isBusy'] = (_, id) => {
    const writer = writers.get(id)
    return writer !== undefined && Date.now() - writer.seenAt < STALE
  }
  const append: Spool['append'] = async (owner, id, part) => {
    if (isBusy(owner, id)) throw new SpoolError('busy')
    const gone = writers.get(id)
    gone?.stop()
    await gone?.done.catch(() => undefined)
    const spooled = await find(owner, id)
    if (!spooled || spooled.outcome || spooled.isLost) throw new SpoolError('gone')
    // All of it is there, and was taken away: nothing can be added.
    if (spooled.taken) throw new SpoolError('offset')
    if (writers.has(id)) throw new SpoolError('busy')
    const reader = part.content?.getReader()
    const writing = writePart(pathOf(owner, id), spooled.bytes, part, reader, () => {
      const writer = writers.get(id)
      if (writer) writer.seenAt = Date.now()
    })
    const stop = () => void reader?.cancel().catch(() => undefined)
    writers.set(id, { seenAt: Date.now(), stop, done: writing })
    return writing.finally(() => writers.delete(id))
  }
  return { isBusy, append, isWriting: (id: string) => writers.has(id) }
}

async function sweepSpool(
  folder: string,
  before: number,
  remove: (owner: string, id: string) => Promise<void> | null,
): Promise<number> {
  let removed = 0
  const owners = (await unlessMissing(readdir(folder))) ?? []
  for (const owner of owners.filter(isName)) {
    for (const id of await idsIn(join(folder, owner))) {
      const paths = ['json', 'part'].map((ending) => join(folder, owner, `${id}.${ending}`))
      const times = await Promise.all(paths.map(async (path) => (await unlessMissing(stat(path)))?.mtimeMs ?? 0))
      const removing = Math.max(...times) < before ? remove(owner, id) : null
      await removing
      if (removing) removed += 1
    }
  }
  return removed
}

const isName = (text: string) => /^[\w-]{1,100}$/.test(text)

async function idsIn(folder: string): Promise<string[]> {
  const names = (await unlessMissing(readdir(folder))) ?? []
  return [...new Set(names.flatMap((name) => /^([\w-]+)\.(?:json|part)$/.exec(name)?.[1] ?? []))]
}

async function readNote(path: string): Promise<SpoolNote | null> {
  const text = await unlessMissing(readFile(path, 'utf8'))
  const note: unknown = text === null ? null : JSON.parse(text)
  return isSpoolNote(note) ? note : null
}

async function writeNote(path: string, note: SpoolNote): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(note), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  await syncFolder(join(path, '..'))
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

/** Writes what comes behind what is there, a piece at a time; with the answer it is on the disk. */
async function writePart(
  path: string,
  most: number,
  { offset, checksum }: Part,
  reader: Reader | undefined,
  seen: () => void,
): Promise<number> {
  const file = await open(path, 'r+')
  const hash = checksum && createHash(checksum.algorithm)
  let at = offset
  try {
    if ((await file.stat()).size !== offset) throw new SpoolError('offset')
    for (;;) {
      const piece = await reader?.read()
      if (!piece || piece.done) break
      seen()
      if (at + piece.value.length > most) throw new SpoolError('tooMuch')
      await writeAll(file, piece.value, at)
      at += piece.value.length
      hash?.update(piece.value)
    }
    if (hash && hash.digest('base64') !== checksum?.value) throw new SpoolError('checksum')
    await file.sync()
    return at
  } catch (error) {
    void reader?.cancel().catch(() => undefined)
    // What nobody has checked is no part.
    if (hash && at > offset) await file.truncate(offset)
    await file.sync().catch(() => undefined)
    throw error
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
