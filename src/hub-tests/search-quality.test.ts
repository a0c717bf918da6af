import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareEngine } from '#features/search/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { engines, openQuestions, type Ask, type Engine } from '../../bench/search/quality/ask.ts'
import { addCorpus } from '../../bench/search/quality/corpus.ts'
import { floors, sumUp } from '../../bench/search/quality/floors.ts'
import { queryKinds, readJudged } from '../../bench/search/quality/judged.ts'
import { measure } from '../../bench/search/quality/measures.ts'
import { languages } from '../../bench/search/quality/papers.ts'
import { askAcross, askJudged } from '../../bench/search/quality/quality.ts'

let hub: TestHub
let askBy: (engine: Engine) => Ask
let best: Engine

beforeAll(async () => {
  hub = await openHub({ seeded: true })
  await addCorpus(hub.kysely, hub.files)
  askBy = await openQuestions(hub.kysely)
  best = await prepareEngine(hub.kysely.$pickTables())
})
afterAll(async () => hub[Symbol.asyncDispose]())

test('the judged set asks in every language and of every kind, nothing twice, and names only what the hub has', async () => {
  const judged = readJudged()
  expect(judged.length).toBeGreaterThanOrEqual(150)
  expect(new Set(judged.map(({ lang, text }) => `${lang} ${text}`)).size).toBe(judged.length)
  for (const lang of languages)
    expect([lang, new Set(judged.flatMap((one) => (one.lang === lang ? one.kind : []))).size]).toEqual([
      lang,
      queryKinds.length,
    ])
  const rows = await hub.kysely.selectFrom('record').select('id').execute()
  const there = new Set(rows.map(({ id }) => id))
  expect(
    judged.flatMap(({ text, relevant }) => [...relevant.keys()].filter((id) => !there.has(id)).concat(text)),
  ).toEqual(judged.map(({ text }) => text))
})

test('an answer is measured by what was found, how well it answers and where it stands', () => {
  const relevant = new Map([
    ['a', 3],
    ['b', 1],
  ])
  expect(measure(['a', 'b'], relevant)).toEqual({ recall: 1, ndcg: 1, reciprocalRank: 1 })
  expect(measure([], relevant)).toEqual({ recall: 0, ndcg: 0, reciprocalRank: 0 })
  const { recall, ndcg, reciprocalRank } = measure(['x', 'b', 'a'], relevant)
  expect([recall, reciprocalRank]).toEqual([1, 0.5])
  expect(ndcg).toBeCloseTo((1 / Math.log2(3) + 7 / 2) / (7 + 1 / Math.log2(3)))
  const many = new Map(Array.from({ length: 30 }, (_, index) => [String(index), 2]))
  expect(measure([...many.keys()].slice(0, 12), many)).toEqual({ recall: 1, ndcg: 1, reciprocalRank: 1 })
})

test.for(engines)('%s finds what answers, and terms by their names in other languages', async (engine, { skip }) => {
  // A server of the tests has no extension; the embedded database always has.
  expect(process.env['HUB_TEST_ENGINE'] === 'server' || best === 'bm25').toBe(true)
  skip(engine === 'bm25' && best !== 'bm25', 'this server has no pg_textsearch')
  const ask = askBy(engine)
  const figures = sumUp(await askJudged(ask), await askAcross(ask))
  const floor = floors[engine]
  expect(figures.recall).toBeGreaterThanOrEqual(floor.recall)
  expect(figures.ndcg).toBeGreaterThanOrEqual(floor.ndcg)
  expect(figures.across).toBeGreaterThanOrEqual(floor.across)
})
