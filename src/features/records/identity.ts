import { createHash, randomBytes } from 'node:crypto'
import { kindOf, type KindName } from './domain.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

function encode(value: bigint, length: number): string {
  let rest = value
  let out = ''
  for (let index = 0; index < length; index += 1) {
    out = (alphabet[Number(rest & 31n)] ?? '0') + out
    rest >>= 5n
  }
  return out
}

/** A new id for life: the kind's prefix, 48 bits of milliseconds, 70 bits of chance; ids of one kind sort by age. */
export function newId(kind: KindName, now: string): string {
  const chance = BigInt(`0x${randomBytes(10).toString('hex')}`)
  return `${kindOf(kind).prefix}_${encode(BigInt(Date.parse(now)), 10)}${encode(chance, 14)}`
}

/** The same id for the same key, for content that is loaded again and again (seeds). */
export function idFor(kind: KindName, key: string): string {
  const digest = createHash('sha256').update(`${kind}:${key}`).digest('hex').slice(0, 30)
  return `${kindOf(kind).prefix}_0000000000${encode(BigInt(`0x${digest}`), 14)}`
}

/** A readable address of a title: lower case, accents folded in Latin letters, other scripts kept, at most 80 characters. */
export function slugify(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{Script=Latin}\p{M}+/gu, (cluster) => cluster[0] ?? '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u064B-\u065F\u0640]/g, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss')
  const words = folded.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '')
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > 80) break
    slug = longer
  }
  return slug === '' ? (words[0] ?? '').slice(0, 80) : slug
}
