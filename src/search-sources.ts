import type { Kysely } from 'kysely'
import { handlesOf } from '#features/exchange/index.ts'
import { pagePassages } from '#features/library/index.ts'
import { kindOf, listVersions, loadRecords, type KindName, type LoadedRecord } from '#features/records/index.ts'
import type { Anchor, Passage, PassageSource } from '#features/search/index.ts'
import { listSessionNumbers } from '#features/seminars/index.ts'
import { listTermPlaces } from '#features/taxonomy/index.ts'
import type { HubTables } from './schema.ts'

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

/** Where a record stands that has no page of its own, and what else must be visible for it. */
interface Standing {
  readonly needs: readonly string[]
  readonly anchor: Anchor
}

/** Where the passages of this hub come from. */
export function passageSources(db: Kysely<HubTables>): readonly PassageSource[] {
  const { records, library, seminars, taxonomy } = handlesOf(db)
  const texts: PassageSource = {
    name: 'records',
    list: async () => listVersions(records, searched),
    read: async (ids) => {
      const loaded = await loadRecords(records, [...ids])
      const standing = new Map<string, Standing>()
      for (const { id, seminarId, number } of await listSessionNumbers(seminars, ids))
        standing.set(id, { needs: [seminarId], anchor: { on: seminarId, suffix: `/sessions/${number}` } })
      for (const { id, schemeId, scheme, notation } of await listTermPlaces(taxonomy, ids)) {
        const path = `/themes/${encodeURIComponent(scheme)}/${encodeURIComponent(notation)}`
        standing.set(id, { needs: [schemeId], anchor: { path } })
      }
      return new Map([...loaded].map(([id, record]) => [id, textsOf(record, standing.get(id))]))
    },
  }
  return [texts, pagePassages(library)]
}

function textsOf(record: LoadedRecord, standing: Standing | undefined): Passage[] {
  const [lead] = kindOf(record.kind).fields
  return Object.entries(record.texts).flatMap(([field, values]) =>
    values.map(({ lang, value }) => ({
      recordId: record.id,
      kind: record.kind,
      needs: [record.id, ...(standing?.needs ?? [])],
      lang,
      isTitle: field === lead.name || (record.kind === 'concept' && field === 'alt'),
      anchor: { ...standing?.anchor, section: field },
      body: value,
    })),
  )
}
