import type { Reader } from '#features/records/index.ts'
import { find, type Answer, type FindDeps } from '../find.ts'
import { readTerms } from '../domain.ts'
import type { Question } from '../question.ts'
import type { SeenDocuments } from '../keep-list.ts'
import { foldWord } from '../fold.ts'
import {
  lastWord,
  rankNear,
  readWords,
  rewrite,
  withoutTwins,
  type HubWord,
  type NearWord,
  type TypedWord,
} from './domain.ts'
import { countSeen, keepSeen, type SeenWord } from './seen-words.ts'
import { findBeginning, findNear } from './store.ts'

/** Words that are looked at for each that was typed, and questions that are offered. */
const [LOOKED_AT, OFFERED] = [8, 3]

/** Letters of a beginning, and words that it is taken for. */
const [BEGINNING, MEANT] = [3, 6]

/** Words of a question whose spelling is looked at. */
const MOST_WORDS = 6

/**
 * What is found for a reader. Where that is nothing, the word typed last is taken for the beginning of others; and where that finds nothing
 * either, the words that the hub does not have are put right, and what has most of the words is shown. In a fixed number of queries.
 */
export async function findWithHelp(deps: FindDeps, reader: Reader, question: Question): Promise<Answer> {
  const answer = await find(deps, reader, question)
  const typed = readWords(question.typed).slice(0, MOST_WORDS)
  if (answer.total > 0 || typed.length === 0) return answer
  const documents = await deps.lists.read(reader, question.at)
  const counts = await countSeen(
    deps.search,
    documents,
    typed.map(({ text }) => text),
    reader.lang,
  )
  const counted = typed.flatMap((word, place) => {
    const count = counts[place] ?? null
    return count === null ? [] : [{ ...word, count }]
  })
  const missing = counted.filter(({ count }) => count === 0)
  const last = question.isExact ? null : lastWord(question.typed)
  if (last !== null && missing.some(({ at }) => at === last.at)) {
    const begun = await findBegun(deps, documents, last, reader.lang)
    const further = begun.length > 0 ? await find(deps, reader, question, { begun }) : answer
    if (further.total > 0) return further
  }
  const suggestions = await putRight(deps, { reader, documents, question, counted, missing })
  return { ...(await find(deps, reader, question, { isLenient: !question.isExact })), suggestions }
}

/** Words that begin like what was typed last. */
async function findBegun(
  { search }: FindDeps,
  documents: SeenDocuments,
  { text }: TypedWord,
  lang: string,
): Promise<HubWord[]> {
  if (foldWord(text).length < BEGINNING) return []
  const words = withoutTwins(await findBeginning(search, text, lang, MEANT * 4))
  return (await keepSeen(search, documents, words.slice(0, MEANT * 2))).slice(0, MEANT)
}

type CountedWord = TypedWord & { readonly count: number }

interface Asked {
  readonly reader: Reader
  readonly documents: SeenDocuments
  readonly question: Question
  readonly counted: readonly CountedWord[]
  readonly missing: readonly CountedWord[]
}

/** The question with the nearest words of the hub in place of those that it does not have; when it has all of them, of the rarest. */
async function putRight({ search }: FindDeps, asked: Asked): Promise<string[]> {
  const { reader, documents, question, counted, missing } = asked
  const rarest =
    question.filters.length > 0 ? [] : counted.toSorted((one, other) => one.count - other.count).slice(0, 1)
  const wrong = missing.length > 0 ? missing : rarest
  if (wrong.length === 0) return []
  const near = await findNear(
    search,
    wrong.map(({ text }) => text),
  )
  const likely = wrong.flatMap((word, place) =>
    withoutTwins(rankNear(word.text, near[place] ?? [], reader.lang))
      .slice(0, LOOKED_AT)
      .map((one) => ({ ...one, for: word })),
  )
  const seen = (await keepSeen(search, documents, likely)).filter((one) => one.count > one.for.count)
  const choices = wrong.map((word) => [word, seen.filter((one) => one.for === word).toSorted(byLikelihood)] as const)
  return writeSuggestions(question.typed, choices)
}

type Likely = SeenWord<NearWord>

const byLikelihood = (one: Likely, other: Likely): number => one.far - other.far || other.count - one.count

/** The best words for all; where one word alone is wrong, the next best for it too. What cannot be put right is left out. */
function writeSuggestions(typed: string, choices: readonly (readonly [TypedWord, readonly Likely[]])[]): string[] {
  if (choices.every(([, words]) => words.length === 0)) return []
  const [only] = choices
  const many = choices.length === 1 && only ? only[1].length : 1
  const written = Array.from({ length: Math.min(many, OFFERED) }, (_, index) =>
    rewrite(typed, new Map(choices.map(([word, words]) => [word, words[index]?.word ?? null]))),
  )
  return [...new Set(written)].filter((words) => readTerms(words).length > 0)
}
