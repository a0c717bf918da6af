import {
  findByName,
  hrefFor,
  kinds,
  loadRecords,
  nameFor,
  type Reader,
  type RecordDb,
} from '#features/records/index.ts'
import { readTerms } from './domain.ts'
import type { Answer } from './find.ts'
import { fold } from './fold.ts'
import type { Question } from './question.ts'
import type { Result } from './show.ts'

/** Kinds that have a page of their own: what stands within another record needs the index to be led to. */
const named = kinds.filter(({ kind, path }) => path !== null && kind !== 'hub').map(({ kind }) => kind)

/** What is found by its name alone, without the index: what a reader gets while that is made anew. In two queries. */
export async function findTitles(records: RecordDb, reader: Reader, question: Question): Promise<Answer> {
  const terms = readTerms(question.typed)
  const wordsOf = (isExcluded: boolean) =>
    terms
      .filter((term) => term.isExcluded === isExcluded)
      .flatMap(({ text }) => fold(text).text.split(/\s+/))
      .filter((word) => word !== '')
  const valueOf = (facet: string) => question.filters.find((filter) => filter.facet === facet)?.value
  // What a record is tagged with, only the index knows for all kinds.
  const isNarrowed = question.filters.some(({ facet }) => facet !== 'kind' && facet !== 'lang')
  const kind = valueOf('kind')
  const { ids, total } = await findByName(records, reader, {
    words: isNarrowed ? [] : wordsOf(false),
    without: wordsOf(true),
    kinds: named.filter((one) => kind === undefined || one === kind),
    lang: valueOf('lang') ?? null,
    sort: question.sort,
    limit: question.limit,
    offset: (question.page - 1) * question.limit,
  })
  const loaded = await loadRecords(records, ids)
  const items = ids.flatMap((id): Result[] => {
    const record = loaded.get(id)
    if (!record) return []
    const title = nameFor(record, reader)
    const href = hrefFor(record, reader.lang) ?? `/r/${id}`
    return [{ id, kind: record.kind, title, href, score: 0, isOwn: title.lang === reader.lang, passages: [] }]
  })
  return { items, total, counts: new Map(), alsoSearched: [] }
}
