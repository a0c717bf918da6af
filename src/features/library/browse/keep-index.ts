import {
  listChangedIds,
  listPublishedIds,
  moveChangeMark,
  readChangeMark,
  readHubVersion,
  readMarks,
  type ChangeMark,
  type RecordMarks,
} from '#features/records/index.ts'
import { readSeriesOf } from '#features/series/index.ts'
import { readSchemesOf } from '#features/taxonomy/index.ts'
import type { LibraryDeps } from '../reading.ts'
import { readFoundBy, type FoundBy } from '../store.ts'
import type { FacetValue, IndexRow } from './facet-columns.ts'
import { createFacetIndex, type FacetIndex } from './facet-index.ts'

/** The index of the library as the database is now. */
export interface LibraryIndex {
  current(): Promise<FacetIndex>
}

/** The group of the concepts of a vocabulary. */
export const schemeGroup = (scheme: string): string => `in ${scheme}`

/** Publications that are read at once: a short query, so that pages get their turn between two. */
const BATCH = 1000

/**
 * Keeps an index in step with the hub version: made when the library is first asked for, then only what has changed is read.
 * Whoever asks at the same time waits for the same reading.
 */
export function createLibraryIndex(deps: LibraryDeps): LibraryIndex {
  let index = createFacetIndex()
  let seen: number | undefined
  let mark: ChangeMark | undefined
  let reading: Promise<void> | undefined

  async function read(version: number): Promise<void> {
    const now = await readChangeMark(deps.records, 'publication')
    // A history that went back is another database's.
    const before = mark && now.event >= mark.event ? mark : undefined
    if (before) await readRows(deps, index, await listChangedIds(deps.records, 'publication', before))
    else index = await readAll(deps)
    mark = moveChangeMark(now, before)
    seen = version
  }

  return {
    current: async () => {
      // What somebody else began may be too early for this reader.
      await reading?.catch(() => undefined)
      const version = await readHubVersion(deps.records)
      if (version !== seen) {
        reading ??= read(version).finally(() => (reading = undefined))
        await reading
      }
      return index
    },
  }
}

async function readAll(deps: LibraryDeps): Promise<FacetIndex> {
  const index = createFacetIndex()
  let after = ''
  for (;;) {
    const ids = await listPublishedIds(deps.records, 'publication', after, BATCH)
    const last = ids.at(-1)
    if (last === undefined) return index
    await readRows(deps, index, ids)
    after = last
  }
}

/** Writes what publications are now into the index; those that are not published are taken out. */
async function readRows(deps: LibraryDeps, index: FacetIndex, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const part = ids.slice(from, from + BATCH)
    const [marks, found, series] = await Promise.all([
      readMarks(deps.records, 'publication', part),
      readFoundBy(deps.library, part),
      readSeriesOf(deps.series, part),
    ])
    const schemes = await readSchemesOf(deps, [...new Set(marks.flatMap(({ concepts }) => concepts))])
    const foundBy = new Map(found.map((row) => [row.id, row]))
    const seriesOf = Map.groupBy(series, ({ record }) => record)
    const there = new Set(marks.map(({ id }) => id))
    for (const id of part) if (!there.has(id)) index.remove(id)
    for (const row of marks) {
      const own = {
        foundBy: foundBy.get(row.id),
        series: (seriesOf.get(row.id) ?? []).map((one) => one.series),
        schemes,
      }
      index.put(toRow(row, own))
    }
  }
}

interface Own {
  readonly foundBy: FoundBy | undefined
  readonly series: readonly string[]
  /** Concept → its vocabulary. */
  readonly schemes: ReadonlyMap<string, string>
}

const all = (group: string, of: readonly string[]) => of.map((value): FacetValue => ({ group, value }))

function toRow(marks: RecordMarks, { foundBy, series, schemes }: Own): IndexRow {
  const issued = foundBy?.issued ?? null
  return {
    id: marks.id,
    visibility: marks.visibility,
    sourceLang: marks.sourceLang,
    titles: marks.names,
    issued,
    values: [
      ...all('type', foundBy?.types ?? []),
      ...all('series', series),
      ...all('place', marks.places),
      ...all('lang', foundBy?.langs ?? []),
      ...all('year', issued === null ? [] : [issued.slice(0, 4)]),
      ...all('author', foundBy?.agents ?? []),
      ...all('programme', marks.programmes),
      ...marks.concepts.flatMap((value) => {
        const scheme = schemes.get(value)
        return scheme === undefined ? [] : [{ group: schemeGroup(scheme), value }]
      }),
    ],
  }
}
