import { readTerms, type Term } from './domain.ts'

/** So many words are left out in turn; whoever asked for more gets the box. */
const MOST = 6

/** A term as somebody types it. */
const writeTerm = ({ text, isExcluded }: Term): string =>
  (isExcluded ? '-' : '') + (/\s/.test(text) ? `"${text}"` : text)

/**
 * Questions that ask for less than one that found nothing: without what must not be there, with the words of phrases in any place, and
 * with one word left out, each in turn.
 */
export function askForLess(typed: string): string[] {
  const terms = readTerms(typed)
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  const loose = wanted.flatMap(({ text }) => text.split(/\s+/)).map((text) => ({ text, isExcluded: false }))
  const fewer = loose.length > 1 && loose.length <= MOST ? loose.map((_, at) => loose.toSpliced(at, 1)) : []
  const asked = [wanted, loose, ...fewer].map((some) => some.map(writeTerm).join(' '))
  const given = terms.map(writeTerm).join(' ')
  return [...new Set(asked)].filter((text) => text !== '' && text !== given)
}
