import {
  buildOutlined,
  conceptIdsOf,
  idsWithConcept,
  readTies,
  type Change,
  type RecordIds,
} from '#features/records/index.ts'
import { idsInSeries, listPlacesOf, outlineLibrarySeries } from '#features/series/index.ts'
import { findConceptId, outlineTags } from '#features/taxonomy/index.ts'
import type { XmlElement } from '#platform/xml.ts'
import { kind, type Harvest } from './harvest.ts'
import { OaiError } from './request.ts'

/** Parts of a set's name are what the protocol allows in one. */
const isSetPart = (part: string) => /^[\w.!~*'()-]+$/.test(part)

/** The series that hold publications, and the themes publications have. */
export async function listSets({ deps, reader }: Harvest): Promise<XmlElement> {
  const [series, tags] = await Promise.all([
    outlineLibrarySeries(deps, reader).then(async (outline) => buildOutlined(deps.records, outline)),
    outlineTags(deps, reader, conceptIdsOf(deps.records, kind, reader)).then(async (outline) =>
      buildOutlined(deps.records, outline),
    ),
  ])
  const themes = [...tags.values()].filter(({ scheme, notation }) => isSetPart(scheme) && isSetPart(notation))
  const schemes = [...new Set(themes.map(({ scheme }) => scheme))]
  const set = [
    { setSpec: 'series', setName: 'Series' },
    ...series.map(({ id, name }) => ({ setSpec: `series:${id}`, setName: name.value })),
    { setSpec: 'theme', setName: 'Themes' },
    ...schemes.map((scheme) => ({ setSpec: `theme:${scheme}`, setName: scheme })),
    ...themes.map(({ scheme, notation, label }) => ({ setSpec: `theme:${scheme}:${notation}`, setName: label.value })),
  ]
  return { ListSets: { set } }
}

/** The records of a set; undefined: of all. */
export async function readSet({ deps }: Harvest, set: string | null): Promise<RecordIds | undefined> {
  if (set === null) return undefined
  const [first, scheme, notation, ...more] = set.split(':')
  if (!set.split(':').every(isSetPart) || more.length > 0) throw new OaiError('badArgument', 'There is no such set.')
  if (first === 'series' && scheme !== undefined && notation === undefined) return idsInSeries(deps.series, scheme)
  if (first === 'theme' && scheme !== undefined && notation !== undefined) {
    const concept = await findConceptId(deps, scheme, notation)
    if (concept !== null) return idsWithConcept(deps.records, concept)
  }
  throw new OaiError('noRecordsMatch', 'There is no such set, or nothing in it.')
}

/** The sets of a record by its id. */
export type SetsOf = (id: string) => readonly string[]

/** The sets that records are in, withdrawn ones too. */
export async function readSets({ deps, reader }: Harvest, page: readonly Change[]): Promise<SetsOf> {
  const ids = page.map(({ id }) => id)
  const [ties, places] = await Promise.all([readTies(deps.records, ids), listPlacesOf(deps.series, ids)])
  const concepts = [...new Set([...ties.concepts.values()].flat())]
  const tags = await buildOutlined(deps.records, await outlineTags(deps, reader, concepts))
  return (id) => [
    ...places.filter(({ recordId }) => recordId === id).map(({ seriesId }) => `series:${seriesId}`),
    ...(ties.concepts.get(id) ?? []).flatMap((concept) => {
      const tag = tags.get(concept)
      return tag && isSetPart(tag.scheme) && isSetPart(tag.notation) ? [`theme:${tag.scheme}:${tag.notation}`] : []
    }),
  ]
}
