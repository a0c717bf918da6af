import {
  hrefFor,
  loadRecords,
  nameFor,
  type LoadedRecord,
  type Reader,
  type RecordDb,
  type TextValue,
} from '#features/records/index.ts'
import type { DocumentList } from './document-list.ts'
import { cutOut, fold, type Piece } from './fold.ts'
import type { Matched } from './match.ts'
import type { RankedRecord } from './rank.ts'
import type { SearchDb } from './store-index.ts'
import { close, markFound, open, readPassages, type FoundPassage, type Hit, type Meaning } from './store.ts'

export interface ResultPassage {
  readonly lang: string
  readonly href: string
  readonly anchor: { readonly page?: number; readonly seconds?: number; readonly section?: string }
  readonly pieces: readonly Piece[]
}

export interface Result {
  readonly id: string
  readonly kind: string
  readonly title: TextValue
  readonly href: string
  readonly score: number
  /** Found in the reader's own language. */
  readonly isOwn: boolean
  readonly passages: readonly ResultPassage[]
}

interface ShowDeps {
  readonly search: SearchDb
  readonly records: RecordDb
}

interface Showing {
  readonly list: DocumentList
  readonly matched: Matched
  readonly meanings: readonly Meaning[]
  readonly ranked: readonly RankedRecord[]
  readonly hits: readonly Hit[]
}

/** Passages that a result shows; and documents of a record that are read for more, when it was found by its name or by no passage. */
const [PASSAGES, DOCUMENTS] = [3, 6]

/** Results with their best passages. */
export async function showResults(deps: ShowDeps, reader: Reader, showing: Showing): Promise<Result[]> {
  const { list, meanings, ranked } = showing
  const { hits, documents } = whatToRead(showing, list.facetCode('lang', reader.lang))
  const found = await readPassages(deps.search, meanings, hits, documents)
  const passages = ranked.flatMap(({ record }) =>
    inReadingOrder(
      list,
      found.filter(({ document }) => list.recordOf(document) === record),
      reader.lang,
    ),
  )
  const folded = passages.map(({ body, config, query }) => ({ config, query, ...fold(body) }))
  const ids = ranked.flatMap(({ record }) => list.records[record]?.id ?? [])
  const on = passages.flatMap(({ anchor }) => anchor.on ?? [])
  const [marked, records] = await Promise.all([
    markFound(
      deps.search,
      folded.map(({ config, query, text }) => ({ config, query, folded: text })),
    ),
    loadRecords(deps.records, [...new Set([...ids, ...on])]),
  ])
  return ranked.flatMap(({ record: place, score, isOwn }) => {
    const record = records.get(list.records[place]?.id ?? '')
    if (!record) return []
    const shown = passages.flatMap((passage, index) => {
      if (list.recordOf(passage.document) !== place) return []
      const { from } = folded[index] ?? { from: [] }
      const spans = spansIn(marked[index] ?? '')
      const letter = from[spans[0]?.[0] ?? 0] ?? 0
      const seconds = passage.anchor.times?.findLast(([begins]) => begins <= letter)?.[1]
      const lang = list.langOf(passage.document)
      return [
        { ...passage, lang: list.facets[lang]?.value ?? '', seconds, pieces: cutOut(passage.body, { from }, spans) },
      ]
    })
    return [toResult({ record, score, isOwn }, shown, records, reader)]
  })
}

/** The passages that records were found by, and for those found by their names alone also documents in which to look for more. */
function whatToRead({ list, matched, ranked, hits }: Showing, own: number) {
  const isShown = new Set(ranked.map(({ record }) => record))
  const known = hits.filter(({ document }) => isShown.has(list.recordOf(document)))
  const byRecord = Map.groupBy(known, ({ document }) => list.recordOf(document))
  const ownFirst = (one: number, other: number) => Number(list.langOf(other) === own) - Number(list.langOf(one) === own)
  const documents = ranked.flatMap(({ record }) => {
    if (byRecord.get(record)?.some(({ document, isTitle }) => !isTitle && list.langOf(document) === own)) return []
    return matched.documentsOf(record).toSorted(ownFirst).slice(0, DOCUMENTS)
  })
  const best = [...byRecord.values()].flatMap((of) =>
    of
      .toSorted((one, other) => ownFirst(one.document, other.document) || other.score - one.score)
      .slice(0, PASSAGES * 2),
  )
  return { hits: best, documents }
}

/** The passages of a record that are shown: in the reader's language first, its name last, each once. */
function inReadingOrder(list: DocumentList, found: readonly FoundPassage[], lang: string): FoundPassage[] {
  const own = list.facetCode('lang', lang)
  const each = new Map(found.toReversed().map((one) => [`${one.document} ${one.number}`, one]))
  return [...each.values()]
    .toSorted(
      (one, other) =>
        Number(list.langOf(other.document) === own) - Number(list.langOf(one.document) === own) ||
        Number(one.isTitle) - Number(other.isTitle) ||
        other.score - one.score ||
        one.document - other.document ||
        one.number - other.number,
    )
    .slice(0, PASSAGES)
}

type Shown = FoundPassage & {
  readonly lang: string
  readonly pieces: readonly Piece[]
  readonly seconds: number | undefined
}

function toResult(
  { record, score, isOwn }: { readonly record: LoadedRecord; readonly score: number; readonly isOwn: boolean },
  passages: readonly Shown[],
  records: ReadonlyMap<string, LoadedRecord>,
  reader: Reader,
): Result {
  const pageOf = ({ on, path }: Shown['anchor']) => {
    if (path !== undefined) return `/${reader.lang}${path}`
    const holder = on === undefined ? record : records.get(on)
    return (holder && hrefFor(holder, reader.lang)) ?? `/r/${record.id}`
  }
  const shown = passages.map(({ anchor, lang, pieces, seconds }) => {
    const { section, page } = anchor
    return {
      lang,
      href: pageOf(anchor) + (anchor.suffix ?? '') + (seconds ?? ''),
      anchor: {
        ...(page === undefined ? {} : { page }),
        ...(seconds === undefined ? {} : { seconds }),
        ...(section === undefined ? {} : { section }),
      },
      pieces,
    }
  })
  const [first] = passages
  // A session's or a term's own address; a page of a file is not its publication's, nor a second its session's.
  const isApart = first?.anchor.on !== undefined || first?.anchor.path !== undefined
  const apart = (shown[0]?.href ?? `/r/${record.id}`).replace(/\?.*$/, '')
  const href = isApart ? apart : (hrefFor(record, reader.lang) ?? `/r/${record.id}`)
  return { id: record.id, kind: record.kind, title: nameFor(record, reader), href, score, isOwn, passages: shown }
}

/** Where marks stand in a text, as if they were not there. */
function spansIn(marked: string): [number, number][] {
  const spans: [number, number][] = []
  let at = 0
  let start = 0
  for (const piece of marked.split(new RegExp(`([${open}${close}])`))) {
    if (piece === open) start = at
    else if (piece === close) spans.push([start, at])
    else at += piece.length
  }
  return spans
}
