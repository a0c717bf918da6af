import type { LibraryDeps } from '#features/library/index.ts'
import { findChange, findFirstChange, listChanges, type Change, type Reader } from '#features/records/index.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'
import { kind, prefixOf, toStamp, type Harvest, type OaiContext } from './harvest.ts'
import { formats, toHeader, toRecords } from './metadata.ts'
import {
  metadataPrefixes,
  OaiError,
  readOaiRequest,
  writeToken,
  type ListState,
  type MetadataPrefix,
  type OaiRequest,
} from './request.ts'
import { listSets, readSet, readSets } from './sets.ts'

const PAGE = 100

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

async function listFormats(harvest: Harvest, identifier: string | null): Promise<XmlElement> {
  if (identifier !== null) await requireChange(harvest, identifier)
  const metadataFormat = metadataPrefixes.map((metadataPrefix) => ({
    metadataPrefix,
    schema: formats[metadataPrefix].schema,
    metadataNamespace: formats[metadataPrefix].namespace,
  }))
  return { ListMetadataFormats: { metadataFormat } }
}

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
