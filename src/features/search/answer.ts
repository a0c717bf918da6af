import type { Reader } from '#features/records/index.ts'
import type { SearchDeps } from './deps.ts'
import type { Answer } from './find.ts'
import type { IndexState } from './keep-index.ts'
import type { Question } from './question.ts'
import { isGone } from './store-shape.ts'
import { findTitles } from './titles.ts'
import { findWithHelp } from './words/help.ts'
import { suggest } from './words/suggest.ts'

/** What is found, and by what kind of index. */
export interface Answered {
  readonly answer: Answer
  readonly state: IndexState
  /** The instant that later pages are of. */
  readonly at: number
}

/** Answers from the index, as it is; where that is lost, from the titles that the reader may see. */
export async function answerQuestion(deps: SearchDeps, reader: Reader, question: Question): Promise<Answered> {
  const at = question.at ?? Date.parse(deps.now())
  const state = question.typed === '' ? 'current' : await deps.index.state()
  if (state !== 'lost') {
    try {
      return { answer: await findWithHelp(deps, reader, question), state, at }
    } catch (error) {
      if (!isGone(error)) throw error
      deps.index.lose()
    }
  }
  return { answer: await findTitles(deps.records, reader, question), state: 'lost', at }
}

/** What somebody who is typing may mean; nothing where the index is lost. */
export async function suggestWords(deps: SearchDeps, reader: Reader, typed: string): Promise<string[]> {
  try {
    return await suggest(deps, reader, typed)
  } catch (error) {
    if (!isGone(error)) throw error
    deps.index.lose()
    return []
  }
}
