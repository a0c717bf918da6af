import { openPromise, type Entry, type ZipFile } from 'yauzl'

/** Why a part of a packed file is not had: the file is not whole, wants a password, or unpacks to more than is allowed. */
export type ZipFault = 'broken' | 'encrypted' | 'tooLarge'

export class ZipError extends Error {
  override name = 'ZipError'
  readonly fault: ZipFault
  constructor(fault: ZipFault, detail: string) {
    super(detail)
    this.fault = fault
  }
}

export interface ZipLimits {
  /** Bytes of one part, unpacked. */
  readonly part: number
  /** Bytes of all parts that are read, unpacked. */
  readonly all: number
}

export interface ZipReader {
  /** The names of the parts, in the file's order. */
  readonly names: readonly string[]
  /** The bytes of a part; null when there is none of this name. */
  readonly read: (name: string) => Promise<Buffer | null>
  readonly close: () => void
}

const mostParts = 20_000
/** No text packs so well; what does is made to burst. */
const densest = 400
const dense = 4 * 1024 ** 2

/** Opens a zip file. Only parts that are asked for are unpacked, into memory and within limits; none is ever written to a path of its own. */
export async function openZip(path: string, limits: ZipLimits): Promise<ZipReader> {
  const file = await openPromise(path, { autoClose: false, strictFileNames: false }).catch(refuse)
  try {
    const entries = await listEntries(file)
    let left = limits.all
    const read = async (name: string) => {
      const entry = entries.get(name)
      if (!entry) return null
      const { uncompressedSize: size, compressedSize } = entry
      if ((entry.generalPurposeBitFlag & 1) === 1) throw new ZipError('encrypted', name)
      const bursts = size > dense && size > densest * compressedSize
      if (size > Math.min(limits.part, left) || bursts) throw new ZipError('tooLarge', `${name}: ${size} bytes`)
      left -= size
      return readEntry(file, entry)
    }
    return { names: [...entries.keys()], read, close: () => file.close() }
  } catch (error) {
    file.close()
    throw error
  }
}

async function listEntries(file: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > mostParts) throw new ZipError('tooLarge', `${file.entryCount} parts`)
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of file.eachEntry()) if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry)
  } catch (error) {
    return refuse(error)
  }
  return entries
}

/** The stream ends with an error when there are more or fewer bytes than were announced. */
async function readEntry(file: ZipFile, entry: Entry): Promise<Buffer> {
  try {
    const pieces: Buffer[] = []
    for await (const piece of await file.openReadStreamPromise(entry)) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces)
  } catch (error) {
    return refuse(error)
  }
}

function refuse(error: unknown): never {
  throw new ZipError('broken', error instanceof Error ? error.message : String(error))
}
