import { foldName, type CatalogueProblem, type CatalogueProblemKind, type WorkPatch } from '#features/library/index.ts'
import { isPlaceCode } from '#platform/i18n/index.ts'

/** What of the hub a catalogue may name: each by its folded name, to its id. */
export interface KnownNames {
  readonly series: ReadonlyMap<string, string>
  /** `scheme:notation`, to the id. */
  readonly concepts: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** Labels that hold a comma, as they are. */
  readonly commaLabels: readonly string[]
  readonly organisations: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  /** Funding statements, by the name of their funder. */
  readonly funding: ReadonlyMap<string, string>
}

/** A patch in which every name has become an id of the hub. */
export interface Resolved {
  readonly patch: WorkPatch
  readonly seriesId: string | null
  readonly concepts: readonly string[]
  readonly funding: readonly string[]
  readonly problems: readonly CatalogueProblem[]
}

/** Finds what a patch names in the hub; what is not there is told and left out. */
export function resolvePatch(
  patch: WorkPatch,
  known: KnownNames,
  at: Pick<CatalogueProblem, 'line' | 'entry'>,
): Resolved {
  const problems: CatalogueProblem[] = []
  const tell = (problem: CatalogueProblemKind, field: string, value: string) =>
    problems.push({ problem, ...at, field, value: value.slice(0, 200), fatal: false })
  const { series } = patch
  const seriesId = series ? (series.id ?? known.series.get(foldName(series.name)) ?? null) : null
  if (series && seriesId === null) tell('series', 'series', series.name)
  const concepts = (patch.concepts ?? []).flatMap(({ scheme, notation }) => {
    const id = scheme === '' ? known.labels.get(foldName(notation)) : known.concepts.get(`${scheme}:${notation}`)
    if (id !== undefined) return [id]
    const whole = known.commaLabels.find((label) =>
      label.split(',').some((part) => foldName(part) === foldName(notation)),
    )
    if (whole === undefined) tell('concept', 'concepts', scheme === '' ? notation : `${scheme}:${notation}`)
    else tell('cut', 'concepts', `${notation} (${whole})`)
    return []
  })
  const funding = (patch.funders ?? []).flatMap((name) => {
    const id = known.funding.get(foldName(name))
    if (id === undefined) tell('funder', 'funders', name)
    return id ?? []
  })
  const places = (patch.places ?? []).filter((code) => {
    const isKnown = isPlaceCode(code)
    if (!isKnown) tell('place', 'places', code)
    return isKnown
  })
  const contributors = patch.contributors?.map((one) => {
    const whole = foldName(one.given === null ? one.name : `${one.given} ${one.name}`)
    const organisation = known.organisations.get(whole)
    if (organisation !== undefined) {
      if (one.kind === 'organisation') return { ...one, agentId: organisation }
      tell('isOrganisation', 'contributors', one.given === null ? one.name : `${one.name}, ${one.given}`)
      const name = one.given === null ? one.name : `${one.given} ${one.name}`
      return { ...one, kind: 'organisation' as const, name, given: null, agentId: organisation }
    }
    return one.kind === 'person' ? { ...one, agentId: known.people.get(whole) ?? null } : one
  })
  return {
    patch: {
      ...patch,
      ...(patch.places ? { places } : {}),
      ...(contributors ? { contributors } : {}),
    },
    seriesId,
    concepts: [...new Set(concepts)],
    funding: [...new Set(funding)],
    problems,
  }
}
