import {
  hrefFor,
  loadRecords,
  nameFor,
  type LoadedRecord,
  type Reader,
  type TextValue,
} from '#features/records/index.ts'
import { readTerms } from './domain.ts'
import { cutOut, fold, type Piece } from './fold.ts'
import {
  close,
  findOtherNames,
  findPassages,
  findRecords,
  open,
  type Asked,
  type Found,
  type FoundPassage,
  type SearchHandles,
} from './store.ts'
import { findSynonyms } from './synonyms/store.ts'

/** What somebody asks for, as an address holds it. */
export interface Question {
  readonly typed: string
  readonly kind: string | null
  readonly lang: string | null
  readonly page: number
  readonly limit: number
  /** Without the names of concepts in other languages. */
  readonly isExact: boolean
}

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

export interface Answer {
  readonly items: readonly Result[]
  readonly total: number
  readonly kinds: Found['kinds']
  readonly langs: Found['langs']
  readonly alsoSearched: readonly string[]
}

/** Pages of results that can be asked for. */
export const MOST_PAGES = 50

const nothing: Answer = { items: [], total: 0, kinds: [], langs: [], alsoSearched: [] }

/** What is found for a reader, a page of it. In five queries, whatever is found. */
export async function find(handles: SearchHandles, reader: Reader, question: Question): Promise<Answer> {
  const terms = readTerms(question.typed)
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  if (wanted.length === 0) return nothing
  const whole = wanted.map(({ text }) => text).join(' ')
  const texts = [...new Set([whole, ...wanted.map(({ text }) => text)])]
  const names = question.isExact
    ? []
    : [...(await findSynonyms(handles.search, texts)), ...(await findOtherNames(handles, reader, texts))]
  const othersOf = (text: string) => names.filter(({ asked }) => asked === text).map(({ label }) => label)
  const asked: Asked = {
    terms: terms.map((term) => ({
      ...term,
      others: term.isExcluded || wanted.length === 1 ? [] : othersOf(term.text),
    })),
    others: othersOf(whole),
    kind: question.kind,
    lang: question.lang,
    limit: question.limit,
    offset: (question.page - 1) * question.limit,
  }
  const found = await findRecords(handles, reader, asked)
  const passages = await findPassages(
    handles,
    reader,
    asked,
    found.records.map(({ id }) => id),
  )
  const on = passages.flatMap(({ anchor }) => anchor.on ?? [])
  const records = await loadRecords(handles.records, [...new Set([...found.records.map(({ id }) => id), ...on])])
  const items = found.records.flatMap((hit) => {
    const record = records.get(hit.id)
    const own = passages.filter(({ recordId }) => recordId === hit.id)
    return record ? [toResult(hit, record, own, records, reader)] : []
  })
  const alsoSearched = [...new Set(names.map(({ label }) => label))]
  return { items, total: found.total, kinds: found.kinds, langs: found.langs, alsoSearched }
}

function toResult(
  hit: Found['records'][number],
  record: LoadedRecord,
  passages: readonly FoundPassage[],
  records: ReadonlyMap<string, LoadedRecord>,
  reader: Reader,
): Result {
  const pageOf = ({ on, path }: FoundPassage['anchor']) => {
    if (path !== undefined) return `/${reader.lang}${path}`
    const holder = on === undefined ? record : records.get(on)
    return (holder && hrefFor(holder, reader.lang)) ?? `/r/${record.id}`
  }
  const shown = passages.map((passage) => {
    const { section, page, seconds } = passage.anchor
    return {
      lang: passage.lang,
      href: pageOf(passage.anchor) + (passage.anchor.suffix ?? ''),
      anchor: {
        ...(page === undefined ? {} : { page }),
        ...(seconds === undefined ? {} : { seconds }),
        ...(section === undefined ? {} : { section }),
      },
      pieces: cutOut(passage.body, fold(passage.body), spansIn(passage.marked)),
    }
  })
  const [first] = passages
  // A session's or a term's own address; a page of a file is not its publication's.
  const isApart = first?.anchor.on !== undefined || first?.anchor.path !== undefined
  const href = isApart ? (shown[0]?.href ?? `/r/${record.id}`) : (hrefFor(record, reader.lang) ?? `/r/${record.id}`)
  return { ...hit, title: nameFor(record, reader), href, passages: shown }
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
