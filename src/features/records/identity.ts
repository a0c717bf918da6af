import { makeId, stableId } from '#platform/ids.ts'
import { kindOf, type KindName } from './domain.ts'

/** A new id for life: the kind's prefix, 48 bits of milliseconds, 70 bits of chance; ids of one kind sort by age. */
export function newId(kind: KindName, now: string): string {
  return makeId(kindOf(kind).prefix, now)
}

/** The same id for the same key, for content that is loaded again and again (seeds). */
export function idFor(kind: KindName, key: string): string {
  return stableId(kindOf(kind).prefix, `${kind}:${key}`)
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
