import type { Reader } from '#features/records/index.ts'
import { configOf } from '../domain.ts'
import type { FindDeps } from '../find.ts'
import { foldWord } from '../fold.ts'
import type { SeenDocuments } from '../keep-list.ts'
import { lastWord, readWords, rewrite, titleQuery, withoutTwins, type TypedWord } from './domain.ts'
import { keepSeen } from './seen-words.ts'
import { findBeginning, findTitles } from './store.ts'

/** Suggestions at most; titles among them, while there are words too. */
const [MOST, TITLES] = [8, 6]

/** Titles that are looked at in the reader's language, and in others; words that are. */
const [FOUND, BEGUN] = [40, 12]

/** Letters of a beginning, of words of titles and of all others. */
const [SHORT, LONG] = [2, 3]

/** Characters of a title that is offered: a question takes no more. */
const LONGEST = 200

/**
 * What somebody who is typing may mean: titles that have the words before the last, and one that begins like the last; then the last word
 * as the hub has it. Only what the reader may see. In a fixed number of queries.
 */
export async function suggest(deps: FindDeps, reader: Reader, typed: string): Promise<string[]> {
  const last = lastWord(typed)
  if (last === null || foldWord(last.text).length < SHORT) return []
  const documents = await deps.lists.read(reader)
  const titles = await findSeenTitles(deps, documents, reader.lang, typed)
  const words = titles.length < MOST ? await findWords(deps, documents, reader.lang, { typed, last }) : []
  return withoutRepeats([...titles.slice(0, Math.max(TITLES, MOST - words.length)), ...words]).slice(0, MOST)
}

/** Those in the reader's language first; those that begin with what was typed before others, then the shortest. */
async function findSeenTitles(
  { search }: FindDeps,
  { seen }: SeenDocuments,
  lang: string,
  typed: string,
): Promise<string[]> {
  const query = titleQuery(readWords(typed).map(({ text }) => text))
  if (query === null) return []
  const beginning = foldWord(typed.trim())
  const found = (await findTitles(search, query, lang, FOUND))
    .filter(({ document, label }) => seen[document] === 1 && label.length <= LONGEST)
    .map((title) => ({ ...title, isFirst: foldWord(title.label).startsWith(beginning) }))
    .toSorted(
      (one, other) =>
        Number(other.isOwn) - Number(one.isOwn) ||
        Number(other.isFirst) - Number(one.isFirst) ||
        one.label.length - other.label.length,
    )
  return withoutRepeats(found.map(({ label }) => label.replaceAll(/\s+/g, ' ').trim())).slice(0, MOST)
}

/** The question with its last word as the hub has it: in the reader's language first, then what is in most documents. */
async function findWords(
  { search }: FindDeps,
  documents: SeenDocuments,
  lang: string,
  { typed, last }: { readonly typed: string; readonly last: TypedWord },
): Promise<string[]> {
  if (foldWord(last.text).length < LONG) return []
  const begun = withoutTwins(await findBeginning(search, last.text, lang, BEGUN * 3)).slice(0, BEGUN)
  const words = (await keepSeen(search, documents, begun)).toSorted(
    (one, other) =>
      Number(configOf(other.lang) === configOf(lang)) - Number(configOf(one.lang) === configOf(lang)) ||
      other.count - one.count,
  )
  return words.map(({ word }) => rewrite(typed, new Map([[last, word]])))
}

function withoutRepeats(texts: readonly string[]): string[] {
  return [...Map.groupBy(texts, (text) => foldWord(text).replaceAll(/\s+/g, ' ').trim()).values()].flatMap((same) =>
    same.slice(0, 1),
  )
}
