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
import { close, findPassages, markFound, open, type FoundPassage, type Meaning } from './store.ts'

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
}

/** Documents of a record whose passages are looked at. */
const DOCUMENTS = 8

/** Results with their best passages. */
export async function showResults(
  deps: ShowDeps,
  reader: Reader,
  { list, matched, meanings, ranked }: Showing,
): Promise<Result[]> {
  const own = list.facetCode('lang', reader.lang)
  const ords = ranked.flatMap(({ record }) =>
    matched
      .documentsOf(record)
      .toSorted((one, other) => Number(list.langOf(other) === own) - Number(list.langOf(one) === own))
      .slice(0, DOCUMENTS),
  )
  const passages = await findPassages(deps.search, reader.lang, meanings, ords)
  const folded = passages.map(({ body, config, query }) => ({ config, query, ...fold(body) }))
  const marked = await markFound(
    deps.search,
    folded.map(({ config, query, text }) => ({ config, query, folded: text })),
  )
  const ids = ranked.flatMap(({ record }) => list.records[record]?.id ?? [])
  const on = passages.flatMap(({ anchor }) => anchor.on ?? [])
  const records = await loadRecords(deps.records, [...new Set([...ids, ...on])])
  return ranked.flatMap(({ record: place, score, isOwn }) => {
    const record = records.get(list.records[place]?.id ?? '')
    if (!record) return []
    const shown = passages.flatMap((passage, index) => {
      if (list.recordOf(passage.document) !== place) return []
      const { from } = folded[index] ?? { from: [] }
      const spans = spansIn(marked[index] ?? '')
      const letter = from[spans[0]?.[0] ?? 0] ?? 0
      const seconds = passage.anchor.times?.findLast(([begins]) => begins <= letter)?.[1]
      return [{ ...passage, seconds, pieces: cutOut(passage.body, { from }, spans) }]
    })
    return [toResult({ record, score, isOwn }, shown, records, reader)]
  })
}

type Shown = FoundPassage & { readonly pieces: readonly Piece[]; readonly seconds: number | undefined }

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
