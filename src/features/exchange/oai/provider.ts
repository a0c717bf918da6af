import { dataciteXml, dublinCore, listWorks, type HubWork, type LibraryDeps } from '#features/library/index.ts'
import {
  buildOutlined,
  conceptIdsOf,
  findChange,
  findFirstChange,
  idsWithConcept,
  listChanges,
  readTies,
  type Change,
  type Reader,
  type RecordIds,
} from '#features/records/index.ts'
import { idsInSeries, listPlacesOf, outlineLibrarySeries } from '#features/series/index.ts'
import { findConceptId, outlineTags } from '#features/taxonomy/index.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'
import {
  metadataPrefixes,
  OaiError,
  readOaiRequest,
  writeToken,
  type ListState,
  type MetadataPrefix,
  type OaiRequest,
} from './request.ts'

/** What the provider needs to know of the hub. */
export interface OaiContext {
  readonly origin: string
  readonly hubName: string
  /** Whom harvesters write to. */
  readonly adminEmail: string
  /** Records in one answer. */
  readonly pageSize?: number
}

interface Harvest {
  readonly deps: LibraryDeps
  readonly reader: Reader
  readonly context: OaiContext
}

const PAGE = 100
const kind = 'publication'

/** Answers a request of OAI-PMH 2.0; what is wrong with it is an answer too. */
export async function answerOai(
  deps: LibraryDeps,
  reader: Reader,
  context: OaiContext,
  sent: URLSearchParams,
): Promise<string> {
  const harvest = { deps, reader, context }
  try {
    const request = readOaiRequest(sent)
    return envelope(harvest, Object.fromEntries(sent), await answer(harvest, request))
  } catch (error) {
    if (!(error instanceof OaiError)) throw error
    // With such errors the arguments are not repeated: they may not be the protocol's own.
    const isOfArguments = error.code === 'badVerb' || error.code === 'badArgument'
    return envelope(harvest, isOfArguments ? {} : Object.fromEntries(sent), {
      error: { '@code': error.code, '#text': error.message },
    })
  }
}

function envelope({ deps, context }: Harvest, sent: Readonly<Record<string, string>>, body: XmlElement): string {
  const attributes = Object.fromEntries(Object.entries(sent).map(([name, value]) => [`@${name}`, value]))
  return writeXml({
    'OAI-PMH': {
      '@xmlns': 'http://www.openarchives.org/OAI/2.0/',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:schemaLocation': 'http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd',
      responseDate: toStamp(deps.now()),
      request: { ...attributes, '#text': `${context.origin}/oai` },
      ...body,
    },
  })
}

const toStamp = (instant: string) => `${instant.slice(0, 19)}Z`

async function answer(harvest: Harvest, request: OaiRequest): Promise<XmlElement> {
  switch (request.verb) {
    case 'Identify':
      return identify(harvest)
    case 'ListMetadataFormats':
      return listFormats(harvest, request.identifier)
    case 'ListSets':
      return listSets(harvest)
    case 'GetRecord':
      return getRecord(harvest, request.identifier, request.prefix)
    case 'ListIdentifiers':
    case 'ListRecords':
      return listRecords(harvest, request.verb, request.state)
  }
}

async function identify({ deps, context }: Harvest): Promise<XmlElement> {
  const first = await findFirstChange(deps.records, kind)
  return {
    Identify: {
      repositoryName: context.hubName,
      baseURL: `${context.origin}/oai`,
      protocolVersion: '2.0',
      adminEmail: context.adminEmail,
      earliestDatestamp: toStamp(first === null ? deps.now() : new Date(first).toISOString()),
      deletedRecord: 'persistent',
      granularity: 'YYYY-MM-DDThh:mm:ssZ',
    },
  }
}

const formats: Readonly<Record<MetadataPrefix, { readonly schema: string; readonly namespace: string }>> = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  },
  oai_datacite: {
    schema: 'http://schema.datacite.org/oai/oai-1.1/oai.xsd',
    namespace: 'http://schema.datacite.org/oai/oai-1.1/',
  },
  datacite: {
    schema: 'https://schema.datacite.org/meta/kernel-4.6/metadata.xsd',
    namespace: 'http://datacite.org/schema/kernel-4',
  },
}

async function listFormats(harvest: Harvest, identifier: string | null): Promise<XmlElement> {
  if (identifier !== null) await requireChange(harvest, identifier)
  const metadataFormat = metadataPrefixes.map((metadataPrefix) => ({
    metadataPrefix,
    schema: formats[metadataPrefix].schema,
    metadataNamespace: formats[metadataPrefix].namespace,
  }))
  return { ListMetadataFormats: { metadataFormat } }
}

/** Parts of a set's name are what the protocol allows in one. */
const isSetPart = (part: string) => /^[\w.!~*'()-]+$/.test(part)

/** The series that hold publications, and the themes publications have. */
async function listSets({ deps, reader }: Harvest): Promise<XmlElement> {
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

const prefixOf = ({ context }: Harvest) => `oai:${new URL(context.origin).hostname}:`

async function requireChange(harvest: Harvest, identifier: string): Promise<Change> {
  const prefix = prefixOf(harvest)
  const id = identifier.startsWith(prefix) ? identifier.slice(prefix.length) : ''
  const change = /^pub_\w{1,60}$/.test(id) ? await findChange(harvest.deps.records, kind, id) : null
  if (!change) throw new OaiError('idDoesNotExist', 'There is no such record.')
  return change
}

async function getRecord(harvest: Harvest, identifier: string, prefix: MetadataPrefix): Promise<XmlElement> {
  const change = await requireChange(harvest, identifier)
  const [record] = await toRecords(harvest, [change], prefix)
  if (!record) throw new OaiError('idDoesNotExist', 'There is no such record.')
  return { GetRecord: { record } }
}

async function listRecords(
  harvest: Harvest,
  verb: 'ListIdentifiers' | 'ListRecords',
  state: ListState,
): Promise<XmlElement> {
  const { deps, context } = harvest
  const { pageSize = PAGE } = context
  const found = await listChanges(deps.records, {
    kind,
    from: state.from ?? undefined,
    before: state.before ?? undefined,
    after: state.after ?? undefined,
    within: await readSet(harvest, state.set),
    // One more tells whether the list goes on.
    limit: pageSize + 1,
  })
  const page = found.slice(0, pageSize)
  if (page.length === 0 && state.after === null) {
    throw new OaiError('noRecordsMatch', 'Nothing matches.')
  }
  const told = state.told + page.length
  const last = page.at(-1)
  const resumptionToken = resume({ ...state, after: last?.id ?? null, told }, state, found.length > pageSize)
  if (verb === 'ListRecords') {
    return { ListRecords: { record: await toRecords(harvest, page, state.prefix), resumptionToken } }
  }
  const setsOf = await readSets(harvest, page)
  return { ListIdentifiers: { header: page.map((change) => toHeader(harvest, change, setsOf)), resumptionToken } }
}

/** The last part of a list that came in several has an empty token; a list in one part has none. */
function resume(next: ListState, now: ListState, goesOn: boolean): XmlElement | undefined {
  if (!goesOn && now.after === null) return undefined
  return { '@cursor': String(now.told), '#text': goesOn ? writeToken(next) : '' }
}

async function readSet({ deps }: Harvest, set: string | null): Promise<RecordIds | undefined> {
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

type SetsOf = (id: string) => readonly string[]

/** The sets that records are in, withdrawn ones too. */
async function readSets({ deps, reader }: Harvest, page: readonly Change[]): Promise<SetsOf> {
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

function toHeader(harvest: Harvest, { id, updatedAt, isGone }: Change, setsOf: SetsOf): XmlElement {
  return {
    ...(isGone ? { '@status': 'deleted' } : {}),
    identifier: prefixOf(harvest) + id,
    datestamp: toStamp(new Date(updatedAt).toISOString()),
    setSpec: [...setsOf(id)],
  }
}

async function toRecords(harvest: Harvest, page: readonly Change[], prefix: MetadataPrefix): Promise<XmlElement[]> {
  const live = page.filter(({ isGone }) => !isGone).map(({ id }) => id)
  const [works, setsOf] = await Promise.all([listWorks(harvest.deps, harvest.reader, live), readSets(harvest, page)])
  const workOf = new Map(works.map((work) => [work.id, work]))
  return page.map((change) => {
    const work = change.isGone ? undefined : workOf.get(change.id)
    // Withdrawn while it was being read: it is gone.
    const header = toHeader(harvest, work ? change : { ...change, isGone: true }, setsOf)
    return work ? { header, metadata: toMetadata(harvest, work, prefix) } : { header }
  })
}

function toMetadata({ context }: Harvest, work: HubWork, prefix: MetadataPrefix): XmlElement {
  if (prefix === 'oai_dc') return dublinCore(work, context.origin)
  const resource = dataciteXml(work, context)
  if (prefix === 'datacite') return resource
  return {
    oai_datacite: {
      '@xmlns': formats.oai_datacite.namespace,
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:schemaLocation': `${formats.oai_datacite.namespace} ${formats.oai_datacite.schema}`,
      schemaVersion: '4.6',
      payload: resource,
    },
  }
}
