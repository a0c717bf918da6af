import { outlineFunding } from '#features/directory/index.ts'
import { foldName } from '#features/library/index.ts'
import { buildOutlined, listIds, loadRecords, type Reader } from '#features/records/index.ts'
import { listConcepts } from '#features/taxonomy/index.ts'
import type { Handles } from '../handles.ts'
import type { KnownNames } from './resolve.ts'

/** Everything of the hub that a catalogue may name, read once for a whole file. */
export async function readKnownNames(handles: Handles): Promise<KnownNames> {
  const everybody: Reader = { lang: 'en', chain: ['en'], audience: ['public', 'members'] }
  const namesOf = async (kind: 'series' | 'organisation' | 'person' | 'programme', fields: readonly string[]) => {
    const loaded = await loadRecords(handles.records, await listIds(handles.records, kind, everybody), fields)
    return new Map(
      [...loaded.values()].flatMap(({ id, texts }) =>
        fields.flatMap((field) => (texts[field] ?? []).map(({ value }): [string, string] => [foldName(value), id])),
      ),
    )
  }
  const concepts = await listConcepts(handles, undefined, ['label', 'alt'])
  const labels = concepts.flatMap(({ id, texts }) =>
    [...(texts['label'] ?? []), ...(texts['alt'] ?? [])].map(({ value }) => ({ id, value })),
  )
  const statements = await listIds(handles.records, 'funding', everybody)
  const funding = await buildOutlined(handles.records, await outlineFunding(handles, everybody, statements))
  return {
    series: await namesOf('series', ['name']),
    concepts: new Map(concepts.map(({ id, scheme, notation }) => [`${scheme}:${notation}`, id])),
    labels: new Map(labels.toReversed().map(({ id, value }) => [foldName(value), id])),
    commaLabels: labels.map(({ value }) => value).filter((value) => value.includes(',')),
    organisations: await namesOf('organisation', ['name', 'short']),
    people: await namesOf('person', ['name']),
    funding: new Map(
      [...funding.values()].flatMap(({ id, funders }) =>
        funders.map((one): [string, string] => [foldName(one.name.value), id]),
      ),
    ),
  }
}
