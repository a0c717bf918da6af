import { hashText } from '#platform/text/index.ts'
import type { Standing } from '../domain.ts'
import type { UnitIn } from './shape.ts'

/** What becomes of a text that comes back. The first four are written. */
export type Outcome =
  /** There was none. */
  | 'new'
  /** In place of the text that went out. */
  | 'replaced'
  /** The source has changed meanwhile: it is written, and reads as behind. */
  | 'behind'
  /** As it was, and somebody has reviewed it. */
  | 'confirmed'
  /** Nothing has changed. */
  | 'same'
  /** The text was changed here meanwhile, and stays. */
  | 'kept'
  | 'empty'
  | 'partial'
  | 'codes'
  /** The text is an original in this language. */
  | 'original'
  | 'unknownRecord'
  | 'unknownField'
  | 'twice'

export const written: ReadonlySet<Outcome> = new Set(['new', 'replaced', 'behind', 'confirmed'])

/** What is written of a text that comes back. */
export interface Plan {
  readonly outcome: Outcome
  /** What to write, and the fingerprint of the source it was made from; null: nothing is written. */
  readonly text: { readonly body: string; readonly sourceHash: string } | null
}

const leave = (outcome: Outcome): Plan => ({ outcome, text: null })

/** Whether and how a text that comes back is written over what there is now: never over words newer than those that went out. */
export function planUnit(unit: UnitIn, now: Standing, targetLang: string): Plan {
  const { source, text } = now
  if (source === null) return leave('unknownField')
  if (source.lang === targetLang) return leave('original')
  if (unit.hasCodes) return leave('codes')
  if (unit.target === null) return leave(unit.isPartial ? 'partial' : 'empty')
  if (unit.target.trim() === '') return leave('empty')
  const madeFrom = unit.sourceHash ?? hashText(unit.source)
  const isFresh = madeFrom === source.sourceHash
  const isSettled = text?.state === 'current' && text.sourceHash === source.sourceHash
  const [theirs, ours] = [hashText(unit.target), text === null ? '' : hashText(text.body)]
  if (theirs === ours) {
    const isConfirmed = !isSettled && isFresh && unit.isReviewed
    return isConfirmed ? write('confirmed', text?.body ?? unit.target, madeFrom) : leave('same')
  }
  if (unit.targetHash === theirs) return leave('same')
  if (isNewerHere(unit, text, ours)) return leave('kept')
  if (isFresh) return write(text === null ? 'new' : 'replaced', unit.target, madeFrom)
  // What went out was found right for the newer source meanwhile: that is the later word.
  return isSettled ? leave('kept') : write('behind', unit.target, madeFrom)
}

const write = (outcome: Outcome, body: string, sourceHash: string): Plan => ({ outcome, text: { body, sourceHash } })

/** Whether the text was written here after it went out. Where a file does not tell, only what no person wrote may be replaced. */
function isNewerHere(unit: UnitIn, text: Standing['text'], ours: string): boolean {
  if (text === null) return false
  return unit.targetHash === undefined ? text.state !== 'machine' : unit.targetHash !== ours
}
