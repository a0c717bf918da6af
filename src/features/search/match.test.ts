import { expect, test } from 'vitest'
import { createDocumentList } from './document-list.ts'
import { matchRecords } from './match.ts'
import { inOrder, scoreRecords } from './rank.ts'

/** A paper in two languages, a session, and one that only members see. */
function aList() {
  const list = createDocumentList()
  const row = { kind: 'publication', facets: ['theme=one', 'year=2021'], dated: '2021' }
  list.put([
    { ...row, ord: 1, recordId: 'pub_1', lang: 'en', needs: ['pub_1'] },
    { ...row, ord: 2, recordId: 'pub_1', lang: 'fr', needs: ['pub_1'] },
    {
      ord: 3,
      recordId: 'ses_1',
      kind: 'session',
      lang: 'en',
      needs: ['ses_1', 'sem_1'],
      facets: ['theme=two'],
      dated: null,
    },
    { ...row, ord: 5, recordId: 'pub_2', lang: 'en', needs: ['pub_2'], facets: ['theme=one'] },
  ])
  return { list, seen: list.seenBy(new Set(['pub_1', 'ses_1', 'sem_1'])) }
}

const nothing = { instead: [], unwanted: [], filters: [] }
const idsOf = ({ list }: ReturnType<typeof aList>, records: readonly number[]) =>
  records.map((record) => list.records[record]?.id)

test('a document is seen when all that it needs is', () => {
  const { list, seen } = aList()
  expect([...seen]).toEqual([0, 1, 1, 1, 0, 0])
  expect([...list.seenBy(new Set(['pub_1', 'sem_1']))]).toEqual([0, 1, 1, 0, 0, 0])
})

test('a record has every word in whichever of its documents, and is counted once', () => {
  const own = aList()
  const matched = matchRecords(own.list, {
    ...nothing,
    seen: own.seen,
    wanted: [
      [1, 3, 5],
      [2, 9],
    ],
  })
  expect(idsOf(own, matched.records)).toEqual(['pub_1'])
  expect(matched.records.map(matched.documentsOf)).toEqual([[1, 2]])
  expect(Object.fromEntries([...matched.counts].map(([facet, values]) => [facet, Object.fromEntries(values)]))).toEqual(
    {
      kind: { publication: 1 },
      lang: { en: 1, fr: 1 },
      theme: { one: 1 },
      year: { 2021: 1 },
    },
  )
})

test('where no record has all the words, those with most of them are taken, for whoever wants that', () => {
  const own = aList()
  const asked = { ...nothing, seen: own.seen, wanted: [[1, 3], [2], [9]] }
  expect(idsOf(own, matchRecords(own.list, asked).records)).toEqual([])
  const lenient = matchRecords(own.list, { ...asked, isLenient: true })
  expect([idsOf(own, lenient.records), lenient.isPartial]).toEqual([['pub_1'], true])
  const few = matchRecords(own.list, { ...asked, wanted: [[3], [9], [9]], isLenient: true })
  expect(idsOf(own, few.records)).toEqual([])
  const all = matchRecords(own.list, { ...asked, wanted: [[1, 3], [2]], isLenient: true })
  expect([idsOf(own, all.records), all.isPartial]).toEqual([['pub_1'], false])
})

test('other words stand for all of them, and what is not wanted takes a record out', () => {
  const own = aList()
  const wanted = [[1], [2]]
  const instead = [3, 5]
  expect(idsOf(own, matchRecords(own.list, { ...nothing, seen: own.seen, wanted, instead }).records)).toEqual([
    'pub_1',
    'ses_1',
  ])
  const without = matchRecords(own.list, { ...nothing, seen: own.seen, wanted, instead, unwanted: [2, 5] })
  expect(idsOf(own, without.records)).toEqual(['ses_1'])
})

test('values are counted as if they stood in place of the one chosen', () => {
  const own = aList()
  const filters = [{ facet: 'kind', value: 'session' } as const]
  const { records, counts } = matchRecords(own.list, { ...nothing, seen: own.seen, wanted: [[1, 2, 3, 5]], filters })
  expect(idsOf(own, records)).toEqual(['ses_1'])
  expect([...(counts.get('kind') ?? [])]).toEqual([
    ['publication', 1],
    ['session', 1],
  ])
  expect([...(counts.get('theme') ?? [])]).toEqual([['two', 1]])
  const two = [...filters, { facet: 'year', value: '2021' } as const]
  expect(matchRecords(own.list, { ...nothing, seen: own.seen, wanted: [[1, 2, 3]], filters: two }).records).toEqual([])
})

test('a name counts for more than a text, and the next passage for something', () => {
  const { list } = aList()
  const hit = { number: 0, isTitle: false }
  const scores = scoreRecords(list, [
    { ...hit, document: 1, score: 2 },
    { ...hit, document: 2, score: 4 },
    { ...hit, document: 3, score: 2, isTitle: true },
  ])
  expect([...scores]).toEqual([
    [0, 4.5],
    [1, 3.2],
  ])
  const ranked = [0, 1, 2].map((record) => ({ record, score: 1, isOwn: record !== 0 }))
  expect(inOrder(list, ranked).map(({ record }) => record)).toEqual([2, 1, 0])
})
