import type { DocumentList } from './document-list.ts'
import type { Hit } from './store.ts'

/** A record that was found, where it stands among the others. */
export interface RankedRecord {
  /** Its place in the list. */
  readonly record: number
  readonly score: number
  /** Found in the reader's own language. */
  readonly isOwn: boolean
}

/** What a passage in the name of a record counts for. */
const TITLE = 1.6
/** What the next best passage adds. */
const SECOND = 0.25

/** The score of each record by its passages: that of the best, and something of the next. */
export function scoreRecords(list: DocumentList, hits: readonly Hit[]): Map<number, number> {
  const best = new Map<number, readonly [number, number]>()
  for (const { document, score, isTitle } of hits) {
    const record = list.recordOf(document)
    const weighed = isTitle ? score * TITLE : score
    const [top, next] = best.get(record) ?? [0, 0]
    best.set(record, weighed > top ? [weighed, top] : [top, Math.max(next, weighed)])
  }
  return new Map([...best].map(([record, [top, next]]) => [record, top + SECOND * next]))
}

/** Records in order: those in the reader's language first, then the best; equals are the newest first. */
export function inOrder(list: DocumentList, ranked: readonly RankedRecord[]): RankedRecord[] {
  return ranked.toSorted(
    (one, other) =>
      Number(other.isOwn) - Number(one.isOwn) ||
      other.score - one.score ||
      list.ageOf(one.record) - list.ageOf(other.record),
  )
}

/** Records in order of their dates: what is newer comes first, and what has no date last. */
export const newestFirst = (list: DocumentList, records: readonly number[]): number[] =>
  records.toSorted((one, other) => list.ageOf(one) - list.ageOf(other))
