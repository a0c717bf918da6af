import type { XmlElement } from '#platform/xml.ts'
import { plainText } from '#platform/text/index.ts'
import type { Contributor, PublicationType } from '../domain.ts'
import type { Work, Words } from '../work.ts'
import type { HubWork } from '../works.ts'
import { permalink, sortedName } from './dublin-core.ts'
import { addressOf } from './values.ts'

/** What the hub says of itself where a work does not name its publisher. */
export interface DataciteContext {
  readonly origin: string
  readonly hubName: string
}

const general: Readonly<Record<PublicationType, string>> = {
  paper: 'Report',
  brief: 'Report',
  study: 'Report',
  report: 'Report',
  evaluation: 'Report',
  handbook: 'Book',
  toolkit: 'Book',
  manual: 'Book',
  guideline: 'Standard',
  'position-paper': 'Report',
  policy: 'Text',
  'training-material': 'InteractiveResource',
  presentation: 'Presentation',
  leaflet: 'Text',
  article: 'JournalArticle',
  book: 'Book',
  chapter: 'BookChapter',
  thesis: 'Dissertation',
  dataset: 'Dataset',
}

/** What DataCite 4.6 wants of a work; both of its forms are drawn from it. */
function describe({ id, work, concepts, publishedAt }: HubWork, { origin, hubName }: DataciteContext) {
  const link = permalink(origin, id)
  const all = [...work.identifiers, ...work.editions.flatMap((edition) => edition.identifiers)]
  const doi = all.find(({ scheme }) => scheme === 'doi')
  const authors = work.contributors.filter(({ role }) => role === 'author')
  const publishers = work.contributors.filter(({ role }) => role === 'publisher')
  const files = work.editions.flatMap((edition) => edition.files)
  const [first = 'report'] = work.types
  return {
    identifier: doi ? { identifier: doi.value, identifierType: 'DOI' } : { identifier: link, identifierType: 'URL' },
    // A work nobody is named for has its publisher as creator: DataCite wants one.
    creators: (authors.length > 0 ? authors : publishers.length > 0 ? publishers : [ofHub(hubName)]).map(toName),
    titles: toTitles(work),
    publisher: publishers.map(sortedName).join('; ') || hubName,
    publicationYear: (work.issued ?? publishedAt ?? '').slice(0, 4),
    types: { resourceTypeGeneral: general[first], resourceType: work.types.join(', ') || 'report' },
    subjects: concepts.map(({ label, scheme }) => ({ subject: label.value, lang: label.lang, subjectScheme: scheme })),
    contributors: work.contributors
      .filter(({ role }) => role === 'editor')
      .map((one) => ({ ...toName(one), contributorType: 'Editor' })),
    dates: work.issued === null ? [] : [{ date: work.issued, dateType: 'Issued' }],
    language: work.sourceLang,
    alternateIdentifiers: all
      .filter((one) => one !== doi)
      .map((one) => ({
        alternateIdentifier: addressOf(one) ?? one.value,
        alternateIdentifierType: one.scheme.toUpperCase(),
      })),
    sizes: files.flatMap(({ bytes }) => (bytes === null ? [] : [`${bytes} B`])),
    formats: [...new Set(files.flatMap(({ type }) => type ?? []))],
    rightsList: [...new Set(files.flatMap(({ licence }) => licence ?? []))].map((rights) => ({ rights })),
    descriptions: [
      ...toDescriptions(work.summary),
      ...(work.series ? [{ description: seriesOf(work.series), descriptionType: 'SeriesInformation' }] : []),
    ],
    geoLocations: work.places.map((code) => ({ geoLocationPlace: code })),
    fundingReferences: work.funders.map((funderName) => ({ funderName })),
    url: link,
  }
}

const seriesOf = ({ name, number }: NonNullable<Work['series']>) => (number === null ? name : `${name}, ${number}`)

const ofHub = (name: string): Contributor => ({
  role: 'publisher',
  kind: 'organisation',
  agentId: null,
  name,
  given: null,
})

const toName = (one: Contributor) => ({
  name: sortedName(one),
  nameType: one.kind === 'person' ? 'Personal' : 'Organizational',
  ...(one.kind === 'person' && one.given !== null ? { givenName: one.given, familyName: one.name } : {}),
})

function toTitles({ title, subtitle, sourceLang }: Work) {
  const first = Object.entries(title).toSorted(
    ([one], [other]) => Number(other === sourceLang) - Number(one === sourceLang),
  )
  return [
    ...first.map(([lang, text]) => ({
      title: text,
      lang,
      ...(lang === sourceLang ? {} : { titleType: 'TranslatedTitle' }),
    })),
    ...Object.entries(subtitle).map(([lang, text]) => ({ title: text, lang, titleType: 'Subtitle' })),
  ]
}

const toDescriptions = (summary: Words) =>
  Object.entries(summary).map(([lang, text]) => ({
    description: plainText(text, 10_000),
    lang,
    descriptionType: 'Abstract',
  }))

/** A work as DataCite's JSON, as its programs send it to each other. */
export function dataciteJson(work: HubWork, context: DataciteContext): Record<string, unknown> {
  const { identifier, publicationYear, publisher, ...rest } = describe(work, context)
  return {
    ...(identifier.identifierType === 'DOI' ? { doi: identifier.identifier } : {}),
    identifiers: [identifier],
    publisher: { name: publisher },
    publicationYear: Number(publicationYear),
    ...rest,
    schemaVersion: 'http://datacite.org/schema/kernel-4',
  }
}

interface Said {
  readonly [name: string]: string | undefined
}

/** `name` is the text of the element, the other values its attributes. */
function element(said: Said, name: string): XmlElement {
  const attributes = Object.entries(said).filter(([key]) => key !== name)
  return {
    ...Object.fromEntries(attributes.map(([key, value]) => [`@${key === 'lang' ? 'xml:lang' : key}`, value])),
    '#text': said[name] ?? '',
  }
}

const within = (name: string, items: readonly XmlElement[]) => (items.length === 0 ? undefined : { [name]: items })

const creator = ({ name, nameType, givenName, familyName }: ReturnType<typeof toName> & Said, kind: string) => ({
  [`${kind}Name`]: { '@nameType': nameType, '#text': name },
  ...(givenName === undefined ? {} : { givenName, familyName }),
})

/** A work as a DataCite resource in XML (kernel 4). */
export function dataciteXml(work: HubWork, context: DataciteContext): XmlElement {
  const all = describe(work, context)
  const { identifier, types } = all
  return {
    resource: {
      '@xmlns': 'http://datacite.org/schema/kernel-4',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:schemaLocation':
        'http://datacite.org/schema/kernel-4 https://schema.datacite.org/meta/kernel-4.6/metadata.xsd',
      identifier: { '@identifierType': identifier.identifierType, '#text': identifier.identifier },
      creators: { creator: all.creators.map((one) => creator(one, 'creator')) },
      titles: { title: all.titles.map((one) => element(one, 'title')) },
      publisher: all.publisher,
      publicationYear: all.publicationYear,
      resourceType: { '@resourceTypeGeneral': types.resourceTypeGeneral, '#text': types.resourceType },
      subjects: within(
        'subject',
        all.subjects.map((one) => element(one, 'subject')),
      ),
      contributors: within(
        'contributor',
        all.contributors.map((one) => ({ '@contributorType': one.contributorType, ...creator(one, 'contributor') })),
      ),
      dates: within(
        'date',
        all.dates.map((one) => element(one, 'date')),
      ),
      language: all.language,
      alternateIdentifiers: within(
        'alternateIdentifier',
        all.alternateIdentifiers.map((one) => element(one, 'alternateIdentifier')),
      ),
      sizes: all.sizes.length === 0 ? undefined : { size: all.sizes },
      formats: all.formats.length === 0 ? undefined : { format: all.formats },
      rightsList: within(
        'rights',
        all.rightsList.map((one) => element(one, 'rights')),
      ),
      descriptions: within(
        'description',
        all.descriptions.map((one) => element(one, 'description')),
      ),
      geoLocations: within('geoLocation', all.geoLocations),
      fundingReferences: within('fundingReference', all.fundingReferences),
    },
  }
}
