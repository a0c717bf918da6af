import { z } from 'zod'

/** Every error code of OAI-PMH 2.0. */
export type OaiErrorCode =
  | 'badArgument'
  | 'badResumptionToken'
  | 'badVerb'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'
  | 'noMetadataFormats'
  | 'noSetHierarchy'

/** A request that cannot be answered, as the protocol says it. */
export class OaiError extends Error {
  override name = 'OaiError'
  readonly code: OaiErrorCode
  constructor(code: OaiErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export const metadataPrefixes = ['oai_dc', 'oai_datacite', 'datacite'] as const
export type MetadataPrefix = (typeof metadataPrefixes)[number]

/** What a list is narrowed to, and how far it has been told. All of it travels in the resumption token: the hub remembers nothing. */
export interface ListState {
  readonly prefix: MetadataPrefix
  readonly set: string | null
  /** Instants: `from` inclusive, `before` exclusive. */
  readonly from: string | null
  readonly before: string | null
  /** The last id that was told. */
  readonly after: string | null
  /** How many were told. */
  readonly told: number
}

export type OaiRequest =
  | { readonly verb: 'Identify' }
  | { readonly verb: 'ListMetadataFormats'; readonly identifier: string | null }
  | { readonly verb: 'ListSets' }
  | { readonly verb: 'GetRecord'; readonly identifier: string; readonly prefix: MetadataPrefix }
  | { readonly verb: 'ListIdentifiers' | 'ListRecords'; readonly state: ListState }

const allowed: Readonly<
  Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  Identify: { required: [], optional: [] },
  ListMetadataFormats: { required: [], optional: ['identifier'] },
  ListSets: { required: [], optional: ['resumptionToken'] },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [] },
  ListIdentifiers: { required: ['metadataPrefix'], optional: ['from', 'until', 'set'] },
  ListRecords: { required: ['metadataPrefix'], optional: ['from', 'until', 'set'] },
}

/** Reads a request from its arguments; throws `OaiError` for what the protocol does not allow. */
export function readOaiRequest(sent: URLSearchParams): OaiRequest {
  const verbs = sent.getAll('verb')
  const [verb = ''] = verbs
  const known = Object.hasOwn(allowed, verb) ? allowed[verb] : undefined
  if (verbs.length !== 1 || !known) throw new OaiError('badVerb', 'The verb is missing, repeated or unknown.')
  const given = new Map(sent)
  given.delete('verb')
  const repeated = [...given.keys()].find((name) => sent.getAll(name).length > 1)
  if (repeated !== undefined) throw new OaiError('badArgument', `The argument ${shown(repeated)} is repeated.`)
  const token = given.get('resumptionToken')
  if (token !== undefined && verb.startsWith('List') && verb !== 'ListMetadataFormats') {
    if (given.size > 1) throw new OaiError('badArgument', 'A resumptionToken stands alone.')
    // All sets are told at once, so there is no token that would lead on.
    if (verb === 'ListSets') throw new OaiError('badResumptionToken', 'There is no such list.')
    return { verb: verb === 'ListRecords' ? 'ListRecords' : 'ListIdentifiers', state: readToken(token) }
  }
  const unknown = [...given.keys()].find((name) => ![...known.required, ...known.optional].includes(name))
  if (unknown !== undefined) throw new OaiError('badArgument', `${verb} takes no argument ${shown(unknown)}.`)
  const missing = known.required.find((name) => !given.get(name))
  if (missing !== undefined) throw new OaiError('badArgument', `${verb} wants the argument ${missing}.`)
  return toRequest(verb, given)
}

const shown = (text: string) => JSON.stringify(text.slice(0, 50))

function toRequest(verb: string, given: ReadonlyMap<string, string>): OaiRequest {
  const identifier = given.get('identifier') ?? null
  if (verb === 'Identify' || verb === 'ListSets') return { verb }
  if (verb === 'ListMetadataFormats') return { verb, identifier }
  const prefix = readPrefix(given.get('metadataPrefix') ?? '')
  if (verb === 'GetRecord') return { verb, identifier: identifier ?? '', prefix }
  const [from, until] = [given.get('from'), given.get('until')]
  if (from !== undefined && until !== undefined && from.length !== until.length) {
    throw new OaiError('badArgument', 'from and until have different granularities.')
  }
  const state: ListState = {
    prefix,
    set: given.get('set') ?? null,
    from: from === undefined ? null : readStamp(from).start,
    before: until === undefined ? null : readStamp(until).end,
    after: null,
    told: 0,
  }
  if (state.from !== null && state.before !== null && state.from >= state.before) {
    throw new OaiError('badArgument', 'from is later than until.')
  }
  return { verb: verb === 'ListRecords' ? 'ListRecords' : 'ListIdentifiers', state }
}

function readPrefix(text: string): MetadataPrefix {
  const prefix = metadataPrefixes.find((one) => one === text)
  if (!prefix) throw new OaiError('cannotDisseminateFormat', `There is no metadata format ${shown(text)}.`)
  return prefix
}

/** A day or a second, as the instants at which it begins and at which it is over. */
function readStamp(text: string): { start: string; end: string } {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isSecond = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)
  const at = isDay || isSecond ? Date.parse(isDay ? `${text}T00:00:00Z` : text) : Number.NaN
  // `Date` would take the thirtieth of February for the first of March.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text.replace('Z', '')) || text < '0001') {
    throw new OaiError('badArgument', `${shown(text)} is no date of the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.`)
  }
  return { start: new Date(at).toISOString(), end: new Date(at + (isDay ? 86_400_000 : 1000)).toISOString() }
}

const Token = z.strictObject({
  prefix: z.enum(metadataPrefixes),
  set: z.string().max(200).nullable(),
  from: z.iso.datetime().nullable(),
  before: z.iso.datetime().nullable(),
  after: z.string().regex(/^pub_\w{1,60}$/),
  told: z.int().positive().max(1_000_000_000),
})

/** Where a list goes on. */
export function writeToken(state: ListState): string {
  return Buffer.from(JSON.stringify(state)).toString('base64url')
}

function readToken(token: string): ListState {
  const wrong = new OaiError('badResumptionToken', 'There is no such list.')
  if (token.length > 1000 || !/^[\w-]+$/.test(token)) throw wrong
  try {
    return Token.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')))
  } catch {
    throw wrong
  }
}
