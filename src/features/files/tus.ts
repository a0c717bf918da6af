import { HubError } from '#platform/errors.ts'
import { SpoolError, type Part } from '#platform/files/index.ts'

/** The version of the protocol that is spoken: tus resumable uploads, https://tus.io/protocols/resumable-upload. */
const tusVersion = '1.0.0'

const checksums = ['sha1', 'sha256'] as const

/** What every answer to a client says. */
export const tusHeaders = { 'tus-resumable': tusVersion, 'cache-control': 'no-store' }

/** What OPTIONS says of this server. */
export const tusAbilities = (maxBytes: number) => ({
  ...tusHeaders,
  'tus-version': tusVersion,
  'tus-extension': 'creation,expiration,checksum,termination',
  'tus-checksum-algorithm': checksums.join(','),
  'tus-max-size': String(maxBytes),
})

/** An upload that is refused or cannot go on, as the protocol says it. */
export class TusError extends HubError {
  override name = 'TusError'
  readonly status: number
  override readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = { ...tusHeaders, ...headers }
  }
}

type Asked = (header: string) => string | undefined

/** Only clients of this version are spoken to. */
export function requireVersion(asked: Asked): void {
  if (asked('tus-resumable') === tusVersion) return
  throw new TusError(412, `Only version ${tusVersion} of tus is spoken here`, { 'tus-version': tusVersion })
}

/** What a client says of a file before it sends it. */
export interface Announced {
  readonly bytes: number
  readonly name: string
  readonly metadata: string
}

const MOST_METADATA = 4000

export function readAnnounced(asked: Asked, maxBytes: number): Announced {
  const bytes = readCount(asked('upload-length'))
  if (bytes === null || bytes === 0) throw new TusError(400, 'Upload-Length: how many bytes the file has is not said')
  if (bytes > maxBytes) throw new TusError(413, `A file may have ${maxBytes} bytes here`)
  const metadata = asked('upload-metadata') ?? ''
  if (metadata.length > MOST_METADATA) throw new TusError(400, 'Upload-Metadata: too long')
  return { bytes, name: readMetadata(metadata)['filename'] ?? '', metadata }
}

const pair = /^([^\s,]+)(?: ([A-Za-z0-9+/]*={0,2}))?$/

function readMetadata(text: string): Record<string, string> {
  const pairs = text === '' ? [] : text.split(',').map((one) => pair.exec(one.trim()))
  if (pairs.some((one) => one === null)) throw new TusError(400, 'Upload-Metadata: not names with values in Base64')
  return Object.fromEntries(
    pairs.map((one): [string, string] => [one?.[1] ?? '', Buffer.from(one?.[2] ?? '', 'base64').toString('utf8')]),
  )
}

/** What PATCH says of the part that it carries. */
export function readPart(asked: Asked, content: Part['content']): Part {
  if (asked('content-type') !== 'application/offset+octet-stream')
    throw new TusError(415, 'Content-Type: a part is application/offset+octet-stream')
  const offset = readCount(asked('upload-offset'))
  if (offset === null) throw new TusError(400, 'Upload-Offset: where the part begins is not said')
  const checksum = asked('upload-checksum')
  return { offset, content, ...(checksum !== undefined && { checksum: readChecksum(checksum) }) }
}

function readChecksum(text: string): NonNullable<Part['checksum']> {
  const [, name, value = ''] = /^(\w+) ([A-Za-z0-9+/]{4,}={0,2})$/.exec(text) ?? []
  const algorithm = checksums.find((one) => one === name)
  if (algorithm === undefined) throw new TusError(400, `Upload-Checksum: one of ${checksums.join(', ')}, and its value`)
  return { algorithm, value }
}

/** A whole number as these headers have it, or null. */
function readCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

const said: Readonly<Record<SpoolError['why'], [status: number, message: string]>> = {
  busy: [423, 'A part of this upload is being received'],
  offset: [409, 'Upload-Offset: the part does not begin where what is there ends'],
  tooMuch: [413, 'The part goes beyond the end of the file'],
  checksum: [460, 'Upload-Checksum: the part is not what it should be'],
  gone: [410, 'This upload is over'],
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What went wrong while a part was received, as the protocol says it. */
export function toTusError(error: unknown): unknown {
  if (error instanceof SpoolError) return new TusError(...said[error.why])
  const isFull = error instanceof Error && 'code' in error && typeof error.code === 'string' && noRoom.has(error.code)
  return isFull ? new TusError(507, 'The disk of the hub is full; what was received is kept') : error
}
