import {
  buildOutlined,
  conceptIdsOf,
  idsWithAnyConcept,
  idsWithConcept,
  readTies,
  type Change,
  type RecordIds,
} from '#features/records/index.ts'
import { idsEverInSeries, listEverInSeries, outlineLibrarySeries } from '#features/series/index.ts'
import { findConceptId, idsInScheme, outlineTags } from '#features/taxonomy/index.ts'
import type { XmlElement } from '#platform/xml.ts'
import { kind, type Harvest } from './harvest.ts'
import { OaiError } from './request.ts'

/** Parts of a set's name are what the protocol allows in one. */
const isSetPart = (part: string) => /^[\w.!~*'()-]+$/.test(part)

async function listLibrarySeries({ deps, reader }: Harvest) {
  return buildOutlined(deps.records, await outlineLibrarySeries(deps, reader))
}

/** The series that hold publications, and the themes publications have. */
export async function listSets(harvest: Harvest): Promise<XmlElement> {
  const { deps, reader } = harvest
  const [series, tags] = await Promise.all([
    listLibrarySeries(harvest),
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

/** The records of a set, those of the sets below it among them; undefined: of all. */
export async function readSet(harvest: Harvest, set: string | null): Promise<RecordIds | undefined> {
  if (set === null) return undefined
  const [first, ...parts] = set.split(':')
  if (!set.split(':').every(isSetPart) || parts.length > 2) throw new OaiError('badArgument', 'There is no such set.')
  const ids =
    first === 'series'
      ? await readSeriesSet(harvest, parts)
      : first === 'theme'
        ? await readThemeSet(harvest, parts)
        : null
  if (!ids) throw new OaiError('noRecordsMatch', 'There is no such set, or nothing in it.')
  return ids
}

async function readSeriesSet(harvest: Harvest, [id, ...more]: readonly string[]): Promise<RecordIds | null> {
  const series = (await listLibrarySeries(harvest)).map((one) => one.id)
  const asked = id === undefined ? series : series.filter((one) => one === id)
  return asked.length === 0 || more.length > 0 ? null : idsEverInSeries(harvest.deps.series, ...asked)
}

async function readThemeSet({ deps }: Harvest, [scheme, notation]: readonly string[]): Promise<RecordIds | null> {
  if (scheme === undefined) return idsWithAnyConcept(deps.records)
  if (notation === undefined) return idsWithAnyConcept(deps.records, idsInScheme(deps, scheme))
  const concept = await findConceptId(deps, scheme, notation)
  return concept === null ? null : idsWithConcept(deps.records, concept)
}

/** The sets of a record by its id. */
export type SetsOf = (id: string) => readonly string[]

/** The sets that records are in, withdrawn ones too; merged ones in those they were in. */
export async function readSets(harvest: Harvest, page: readonly Change[]): Promise<SetsOf> {
  const { deps, reader } = harvest
  const ids = page.map(({ id }) => id)
  const [ties, placed, series] = await Promise.all([
    readTies(deps.records, ids),
    listEverInSeries(deps.series, ids),
    listLibrarySeries(harvest),
  ])
  const listed = new Set(series.map(({ id }) => id))
  const places = placed.filter((place) => listed.has(place.series))
  const concepts = [...new Set([...ties.concepts.values()].flat())]
  const tags = await buildOutlined(deps.records, await outlineTags(deps, reader, concepts))
  return (id) => [
    ...places.filter(({ record }) => record === id).map((place) => `series:${place.series}`),
    ...(ties.concepts.get(id) ?? []).flatMap((concept) => {
      const tag = tags.get(concept)
      return tag && isSetPart(tag.scheme) && isSetPart(tag.notation) ? [`theme:${tag.scheme}:${tag.notation}`] : []
    }),
  ]
}
