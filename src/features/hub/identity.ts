import { outlineFunding, type FundingStatement } from '#features/directory/index.ts'
import {
  buildOutlined,
  hubId,
  loadRecords,
  readHubVersion,
  readLinks,
  textFor,
  type LoadedRecord,
  type Outline,
  type Reader,
  type RecordDb,
  type TextValue,
} from '#features/records/index.ts'
import type { SeminarDeps } from '#features/seminars/index.ts'

/** What a hub is called before anybody named it. */
const unnamed = { lang: 'en', state: 'source' as const, value: 'Passerelle' }

/** The hub's record, or null on a hub nobody has named. */
export async function readHub(db: RecordDb): Promise<LoadedRecord | null> {
  return (await loadRecords(db, [hubId])).get(hubId) ?? null
}

/** One field of the hub's record, as a reader is shown it. */
export function outlineHubText(reader: Reader, field: string): Outline<TextValue | null> {
  return {
    ids: [hubId],
    fields: [field],
    build: (records) => {
      const hub = records.get(hubId)
      return hub ? textFor(hub, field, reader) : null
    },
  }
}

/** How the hub introduces itself to a reader, on every page. */
export interface Introduction {
  readonly name: { lang: string; state: 'source' | 'current' | 'behind' | 'machine'; value: string }
  readonly tagline: Introduction['name'] | null
  readonly funding: readonly FundingStatement[]
}

/** Introduces the hub; what was read is kept until the hub version moves on, so a page pays one short query for it. */
export function createIntroduction(deps: SeminarDeps): (reader: Reader) => Promise<Introduction> {
  let version = -1
  let kept = new Map<string, Introduction>()
  return async (reader) => {
    const now = await readHubVersion(deps.records)
    if (now !== version) {
      kept = new Map()
      version = now
    }
    const key = reader.chain.join(',')
    const known = kept.get(key)
    if (known) return known
    const introduction = await introduce(deps, reader)
    if (now === version && kept.size < 1000) kept.set(key, introduction)
    return introduction
  }
}

async function introduce(deps: SeminarDeps, reader: Reader): Promise<Introduction> {
  const hub = await readHub(deps.records)
  if (!hub) return { name: unnamed, tagline: null, funding: [] }
  const links = (await readLinks(deps.records, [hubId])).filter((link) => link.relation === 'funded_by')
  const outline = await outlineFunding(
    deps,
    reader,
    links.map((link) => link.to),
  )
  const funding = await buildOutlined(deps.records, outline)
  return {
    name: textFor(hub, 'name', reader) ?? unnamed,
    tagline: textFor(hub, 'tagline', reader),
    funding: [...funding.values()],
  }
}

/** How a hub introduces itself before its database is there. */
export const bareIntroduction: Introduction = { name: unnamed, tagline: null, funding: [] }
