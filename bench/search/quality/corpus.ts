import type { Kysely } from 'kysely'
import { handlesOf, seedId } from '#features/exchange/index.ts'
import { insertPublications } from '#features/library/index.ts'
import { readNewCaptions } from '#features/recordings/index.ts'
import { insertRecords, type NewRecord } from '#features/records/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { HubTables } from '../../../src/schema.ts'
import { languages, makeOverviews, makePapers, words, type Paper } from './papers.ts'

const deed = { actor: 'quality', at: '2026-01-01T00:00:00.000Z' }

/** Puts what nobody has written beside the demonstration content: papers on many topics, and one on each term. */
export async function addCorpus(db: Kysely<HubTables>, store: FileStore): Promise<void> {
  const handles = handlesOf(db)
  const papers = [...makePapers(), ...makeOverviews()]
  const series = seedId('series', 'field-notes')
  await db.transaction().execute(async (tx) => {
    const { records, library, series: inSeries } = handlesOf(tx)
    const names = languages.map((lang) => ({ field: 'name', lang, body: words[lang].series }))
    const collection: NewRecord = { id: series, kind: 'series', sourceLang: 'en', status: 'published', texts: names }
    await insertRecords(records, [collection, ...papers.map(recordOf)], deed)
    await insertPublications(library, {
      publications: papers.map(({ key, issued }) => ({ id: idOf(key), types: ['paper'], issued })),
      contributors: [],
      editions: [],
      identifiers: [],
      files: [],
    })
    await insertSeries(inSeries, [{ id: series, contains: 'publication', planned: null }])
    const numbered = papers.flatMap(({ key, number }) => (number === null ? [] : [{ id: idOf(key), number }]))
    await insertSeriesEntries(
      inSeries,
      numbered.map(({ id, number }) => ({ series_id: series, record_id: id, number, deduced: false })),
    )
  })
  await readNewCaptions({ ...handles, store, now: () => deed.at })
}

const idOf = (key: string) => seedId('publication', key)

function recordOf({ key, place, texts }: Paper): NewRecord {
  return {
    id: idOf(key),
    kind: 'publication',
    sourceLang: texts[0]?.lang ?? 'en',
    status: 'published',
    places: place === null ? [] : [{ code: place, role: 'covers' }],
    texts: texts.flatMap(({ lang, title, summary }) => [
      { field: 'title', lang, body: title },
      { field: 'summary', lang, body: summary },
    ]),
  }
}
