import { createHash } from 'node:crypto'

// RFC 9562 §6.6: the namespace of names that are URLs.
const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')

/** The UUID (version 5) of an address: the same address, the same UUID. */
export function uuidOf(url: string): string {
  const hash = createHash('sha1').update(urlNamespace).update(url).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A positive integer of 31 bits that stays with a record, for formats that number things. */
export function numberOf(id: string): number {
  return (createHash('sha256').update(id).digest().readUInt32BE(0) >>> 1) + 1
}
