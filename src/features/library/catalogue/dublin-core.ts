import type { XmlElement } from '#platform/xml.ts'
import type { HubWork } from '../works.ts'
import { addressOf } from './values.ts'
import type { Contributor } from '../domain.ts'
import type { Words } from '../work.ts'

/** A name as catalogues sort it; that of an organisation as it is. */
export const sortedName = ({ kind, name, given }: Contributor): string =>
  kind === 'person' && given !== null ? `${name}, ${given}` : name

/** Where a work is for good. */
export const permalink = (origin: string, id: string): string => `${origin}/r/${id}`

const spoken = (words: Words) => Object.entries(words).map(([lang, text]) => ({ '@xml:lang': lang, '#text': text }))

/** A work in unqualified Dublin Core, as every harvester understands it. */
export function dublinCore({ id, work, concepts }: HubWork, origin: string): XmlElement {
  const by = (role: Contributor['role']) => work.contributors.filter((one) => one.role === role).map(sortedName)
  const identifiers = [...work.identifiers, ...work.editions.flatMap((edition) => edition.identifiers)]
  const files = work.editions.flatMap((edition) => edition.files)
  return {
    'oai_dc:dc': {
      '@xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
      '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:schemaLocation':
        'http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
      'dc:title': spoken(work.title),
      'dc:creator': by('author'),
      'dc:subject': concepts.map(({ label }) => ({ '@xml:lang': label.lang, '#text': label.value })),
      'dc:description': spoken(work.summary),
      'dc:publisher': by('publisher'),
      'dc:contributor': [...by('editor'), ...work.funders],
      'dc:date': work.issued === null ? [] : [work.issued],
      'dc:type': [...work.types],
      'dc:format': [...new Set(files.flatMap(({ type }) => type ?? []))],
      'dc:identifier': [
        permalink(origin, id),
        ...identifiers.map((one) => addressOf(one) ?? `${one.scheme.toUpperCase()} ${one.value}`),
      ],
      'dc:language': [...new Set([...files.map(({ lang }) => lang), work.sourceLang])],
      'dc:relation': work.series ? [seriesStatement(work.series)] : [],
      'dc:coverage': [...work.places],
      'dc:rights': [...new Set(files.flatMap(({ licence }) => licence ?? []))],
    },
  }
}

/** A series and the number in it. */
export const seriesStatement = ({ name, number }: { name: string; number: number | null }): string =>
  number === null ? name : `${name}, ${number}`
