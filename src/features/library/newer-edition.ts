import type { Edition, IssueDate } from './domain.ts'

/** An edition's language, or those of its files where it has no one language of its own. */
const languagesOf = ({ lang, files }: Edition): string[] =>
  lang === null ? [...new Set(files.map((file) => file.lang))] : [lang]

/** Whether one date is later than another; null where neither is known to be: 2021 and 2021-08. */
function isLaterDate(one: IssueDate | null, other: IssueDate | null): boolean | null {
  if (one === null || other === null) return null
  const length = Math.min(one.length, other.length)
  const [start, otherStart] = [one.slice(0, length), other.slice(0, length)]
  return start === otherStart ? null : start > otherStart
}

/** Whether one number of an edition (`2`, `1.10`) comes after another; null where one is none, or they are the same. */
function isLaterNumber(one: string | null, other: string | null): boolean | null {
  const [parts, otherParts] = [one, other].map((number) =>
    /^\d{1,6}(\.\d{1,6})*$/.test(number ?? '') ? (number ?? '').split('.').map(Number) : null,
  )
  if (!parts || !otherParts) return null
  const length = Math.max(parts.length, otherParts.length)
  const at = Array.from({ length }, (_, index) => index).find(
    (index) => (parts[index] ?? 0) !== (otherParts[index] ?? 0),
  )
  return at === undefined ? null : (parts[at] ?? 0) > (otherParts[at] ?? 0)
}

/** Nothing is said where dates and numbers are not known, or say the opposite of each other. */
function isNewer(edition: Edition, than: Edition): boolean {
  const said = [isLaterDate(edition.issued, than.issued), isLaterNumber(edition.number, than.number)]
  return said.includes(true) && !said.includes(false)
}

/**
 * The edition that takes the place of another one of the same publication: a newer one in every language that this one is in, and
 * itself replaced by none. Null where there is none, or where dates and numbers do not tell.
 */
export function findNewerEdition(edition: Edition, all: readonly Edition[]): Edition | null {
  const langs = languagesOf(edition)
  if (langs.length === 0) return null
  const newer = all.filter(
    (one) => one.id !== edition.id && langs.every((lang) => languagesOf(one).includes(lang)) && isNewer(one, edition),
  )
  return newer.find((one) => !newer.some((other) => isNewer(other, one))) ?? null
}
