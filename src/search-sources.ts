import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { handlesOf, type Handles } from '#features/exchange/index.ts'
import { pagePassages } from '#features/library/index.ts'
import { saidPassages } from '#features/recordings/index.ts'
import { kindOf, listVersions, loadRecords, type KindName, type LoadedRecord } from '#features/records/index.ts'
import type { Anchor, Passage, PassageSource, SearchDocument, SourceEntry } from '#features/search/index.ts'
import { listSessionNumbers } from '#features/seminars/index.ts'
import { listTermPlaces } from '#features/taxonomy/index.ts'
import { listCatalogues } from '#platform/i18n/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from './schema.ts'
import { readBearings, type Bearing } from './search-bearings.ts'

/** Kinds of records whose own texts are searched. */
const searched: readonly KindName[] = [
  'seminar',
  'session',
  'series',
  'publication',
  'programme',
  'organisation',
  'person',
  'concept',
]

/** What is called by its name in other languages too, and by what else than its first field. */
const names: Partial<Readonly<Record<KindName, string>>> = { concept: 'alt', programme: 'short', organisation: 'short' }

/** Moves when documents are made in another way: all of them are read again then. */
const MADE = 3

/** Where a record stands that has no page of its own, and what else must be visible for it. */
interface Standing {
  readonly needs: readonly string[]
  readonly anchor: Anchor
}

/** Where the documents of this hub come from. */
export function passageSources(db: Kysely<HubTables>): readonly PassageSource[] {
  const handles = handlesOf(db)
  return [
    textSource(handles),
    ...[pagePassages(handles.library), saidPassages(handles)].map((source) => withBearings(handles, source)),
  ]
}

function textSource(handles: Handles): PassageSource {
  const { records, seminars, taxonomy } = handles
  const spoken = listCatalogues(join(packageRoot(), 'locales'))
  return {
    name: 'records',
    list: async () => withParents(handles, await listVersions(records, searched)),
    read: async (ids) => {
      const loaded = await loadRecords(records, [...ids])
      const standing = new Map<string, Standing>()
      for (const { id, seminarId, number } of await listSessionNumbers(seminars, ids))
        standing.set(id, { needs: [seminarId], anchor: { on: seminarId, suffix: `/sessions/${number}` } })
      for (const { id, schemeId, scheme, notation } of await listTermPlaces(taxonomy, ids)) {
        const path = `/themes/${encodeURIComponent(scheme)}/${encodeURIComponent(notation)}`
        standing.set(id, { needs: [schemeId], anchor: { path } })
      }
      const bearings = await readBearings(handles, ids)
      return new Map(
        [...loaded].map(([id, record]) => [id, textsOf(record, standing.get(id), bearings.get(id), spoken)]),
      )
    },
  }
}

/** A session is read again when its seminar changes: it is found by what that is tagged with. */
async function withParents({ seminars }: Handles, entries: readonly SourceEntry[]): Promise<SourceEntry[]> {
  const stamps = new Map(entries.map(({ id, stamp }) => [id, stamp]))
  const sessions = await listSessionNumbers(
    seminars,
    entries.flatMap(({ id }) => (id.startsWith('ses_') ? [id] : [])),
  )
  const parentOf = new Map(sessions.map(({ id, seminarId }) => [id, seminarId]))
  return entries.map(({ id, stamp }) => {
    const parent = stamps.get(parentOf.get(id) ?? '')
    return { id, stamp: [MADE, stamp, ...(parent === undefined ? [] : [parent])].join(' ') }
  })
}

/** A document for each language that a record has texts in. */
function textsOf(
  record: LoadedRecord,
  standing: Standing | undefined,
  bearing: Bearing | undefined,
  spoken: readonly string[],
): SearchDocument[] {
  const [lead] = kindOf(record.kind).fields
  const byLang = Map.groupBy(
    Object.entries(record.texts).flatMap(([field, values]) => values.map((text) => ({ field, ...text }))),
    ({ lang }) => lang,
  )
  const silent = spoken.filter((lang) => !byLang.has(lang))
  const source = byLang.has(record.sourceLang) ? record.sourceLang : byLang.keys().next().value
  return [...byLang].flatMap(([lang, texts]) => {
    const passages = texts.map(({ field, value }): Passage => {
      const isName = record.kind in names && (field === lead.name || field === names[record.kind])
      return {
        isTitle: field === lead.name || isName,
        isName,
        anchor: { ...standing?.anchor, section: field },
        body: value,
      }
    })
    // Somebody may ask for a place or a month in a language in which nothing else is said.
    const langs = lang === source ? [lang, ...silent] : [lang]
    const told = factsIn(langs, bearing)
    const whole: SearchDocument = {
      recordId: record.id,
      kind: record.kind,
      lang,
      needs: [record.id, ...(standing?.needs ?? [])],
      facets: bearing?.facets ?? [],
      dated: bearing?.dated ?? record.publishedAt?.slice(0, 10) ?? null,
      passages: [
        ...passages.toSorted((one, other) => Number(other.isTitle) - Number(one.isTitle)),
        ...told.map((body): Passage => ({ isTitle: false, anchor: { ...standing?.anchor, section: 'facts' }, body })),
      ],
    }
    return [whole, ...seriesDocuments(whole, langs, bearing)]
  })
}

/** Where a record stands in series: a document for each, which whoever may not see the series does not find. */
function seriesDocuments(
  whole: SearchDocument,
  langs: readonly string[],
  bearing: Bearing | undefined,
): SearchDocument[] {
  const places = langs.flatMap((lang) => bearing?.seriesIn(lang) ?? [])
  return [...Map.groupBy(places, ({ seriesId }) => seriesId)].map(([seriesId, named]) => ({
    ...whole,
    needs: [...whole.needs, seriesId],
    passages: [...new Set(named.map(({ words }) => words))].map((body) => ({
      isTitle: false,
      anchor: { ...whole.passages[0]?.anchor, section: 'facts' },
      body,
    })),
  }))
}

/** What a record is found by in some languages, each wording once. */
function factsIn(langs: readonly string[], bearing: Bearing | undefined): string[] {
  return [...new Set(langs.map((lang) => bearing?.factsIn(lang) ?? ''))].filter((facts) => facts !== '')
}

/** A source whose documents are found by what their records are tagged with. */
function withBearings(handles: Handles, source: PassageSource): PassageSource {
  return {
    ...source,
    read: async (ids) => {
      const found = await source.read(ids)
      const records = [...found.values()].flatMap((documents) => documents.map(({ recordId }) => recordId))
      const bearings = await readBearings(handles, [...new Set(records)])
      return new Map(
        [...found].map(([id, documents]) => [
          id,
          documents.map((document) => {
            const bearing = bearings.get(document.recordId)
            return { ...document, facets: bearing?.facets ?? [], dated: bearing?.dated ?? null }
          }),
        ]),
      )
    },
  }
}
