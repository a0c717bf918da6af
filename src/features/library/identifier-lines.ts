import type { MessageKey } from '#platform/i18n/index.ts'
import type { Identifier, IdentifierScheme } from './domain.ts'
import { readIdentifier } from './identifiers.ts'

/** An identifier of a work or an edition, without saying of which. */
export type KnownAs = Pick<Identifier, 'scheme' | 'value'>

type ReadLine = KnownAs | { readonly message: MessageKey }

/** How lines begin, the same in every language: these names are those of the schemes. */
const leads = {
  doi: 'DOI',
  isbn: 'ISBN',
  issn: 'ISSN',
  report: 'Report',
  handle: 'Handle',
} as const

const problems = {
  doi: 'desk.problem.doi',
  isbn: 'desk.problem.isbn',
  issn: 'desk.problem.issn',
  handle: 'desk.problem.handle',
  report: 'form.tooLong',
  url: 'desk.problem.url',
} as const satisfies Record<IdentifierScheme, MessageKey>

/** Reads a line that says what it is (“ISBN 978-…”), or that shows it: an address, a DOI. */
export function readIdentifierLine(line: string): ReadLine {
  const text = line.replace(/\s+/g, ' ').trim()
  const [, word = '', rest = ''] = /^(doi|isbn|issn|report|handle)(?:-1[03])?[\s:]+(.*)$/i.exec(text) ?? []
  const lead = (['doi', 'isbn', 'issn', 'report', 'handle'] as const).find((one) => one === word.toLowerCase())
  if (lead !== undefined) return readAs(lead, rest)
  if (/^10\.\d|^https?:\/\/(dx\.)?doi\.org\//i.test(text)) return readAs('doi', text)
  if (/^hdl:|^https?:\/\/hdl\.handle\.net\//i.test(text)) return readAs('handle', text)
  if (/^\w+:\/\//.test(text)) return readAs('url', text)
  return { message: 'desk.problem.identifier' }
}

function readAs(scheme: IdentifierScheme, text: string): ReadLine {
  const value = readIdentifier(scheme, text)
  return value === null ? { message: problems[scheme] } : { scheme, value }
}

/** An identifier as its line. */
export function identifierLine({ scheme, value }: KnownAs): string {
  return scheme === 'url' ? value : `${leads[scheme]} ${value}`
}
