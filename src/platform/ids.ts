import { createHash, randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The last `length` base-32 digits (Crockford) of a number. */
export function encode32(value: bigint, length: number): string {
  let rest = value
  let out = ''
  for (let index = 0; index < length; index += 1) {
    out = (alphabet[Number(rest & 31n)] ?? '0') + out
    rest >>= 5n
  }
  return out
}

/** The same id for the same key, older than any that was made by the clock. */
export function stableId(prefix: string, key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 30)
  return `${prefix}_0000000000${encode32(BigInt(`0x${digest}`), 14)}`
}

/** A new id for life: a prefix, 48 bits of milliseconds, 70 bits of chance; ids with one prefix sort by age. */
export function makeId(prefix: string, now: string): string {
  const chance = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return `${prefix}_${encode32(BigInt(Date.parse(now)), 10)}${encode32(chance, 14)}`
}
