import type { DocumentList } from './document-list.ts'
import type { Matched } from './match.ts'
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

/** Whether a record was found in a language. */
export function isIn(list: DocumentList, { documentsOf }: Matched, record: number, lang: string): boolean {
  const code = list.facetCode('lang', lang)
  return documentsOf(record).some((ord) => list.langOf(ord) === code)
}

/** Records in order: those in the reader's language first, then the best; equals are the newest first. */
export function inOrder(list: DocumentList, ranked: readonly RankedRecord[]): RankedRecord[] {
  const newest = byDate(list)
  return ranked.toSorted(
    (one, other) =>
      Number(other.isOwn) - Number(one.isOwn) || other.score - one.score || newest(one.record, other.record),
  )
}

/** Compares the places of two records: what is newer comes first, and what has no date last. */
export function byDate(list: DocumentList): (one: number, other: number) => number {
  const keyOf = (record: number) => `${list.records[record]?.dated ?? ''} ${list.records[record]?.id ?? ''}`
  return (one, other) => compare(keyOf(other), keyOf(one))
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
