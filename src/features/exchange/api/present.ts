import type { FundingStatement, Organisation, Programme, Reference } from '#features/directory/index.ts'
import type { HubWork } from '#features/library/index.ts'
import type { Recorded, SessionOf } from '#features/recordings/index.ts'
import {
  kindOf,
  languageStates,
  pickText,
  type LinkedRecord,
  type ReaderChain,
  type TextValue,
} from '#features/records/index.ts'
import type { Material, Seminar, Session, Speaker } from '#features/seminars/index.ts'
import { conceptIri, schemeIri, type Concept, type ConceptTag, type Scheme } from '#features/taxonomy/index.ts'
import { servedAs } from '#platform/files/index.ts'
import type { RecordSource } from './deps.ts'
import { presentPublication } from './publications.ts'
import { presentRecording } from './recordings.ts'
import type { ApiConcept, ApiOrganisation, ApiProgramme, ApiRecord, ApiScheme } from './schemas/others.ts'
import type { ApiSeminar, ApiSession, ApiSessionOfSeminar } from './schemas/seminar.ts'

/** Turns the hub's values into what the interface promises: whole addresses, and no more than the schemas name. */
export interface Presenter {
  readonly seminar: (seminar: Seminar) => ApiSeminar
  readonly session: (of: SessionOf, recorded: ReadonlyMap<string, readonly Recorded[]>) => ApiSessionOfSeminar
  readonly programme: (programme: Programme) => ApiProgramme
  readonly organisation: (organisation: Organisation) => ApiOrganisation
  readonly scheme: (scheme: Scheme) => ApiScheme
  readonly concept: (concept: Concept) => ApiConcept
  readonly publication: (work: HubWork) => ReturnType<typeof presentPublication>
  readonly record: (record: RecordSource) => ApiRecord
}

/** A presenter for one answer: the hub's address, the language of its pages, and the languages of the reader. */
export function createPresenter(origin: string, pageLang: string, chain: ReaderChain): Presenter {
  const whole = (href: string) => new URL(href, origin).href
  const to = presentParts(whole)
  return {
    seminar: (seminar) => presentSeminar(seminar, to, whole),
    session: ({ seminar, session }, recorded) => ({
      ...to.session(session),
      recordings: (recorded.get(session.id) ?? []).map((one) => presentRecording(one, whole)),
      seminar: { id: seminar.id, url: whole(seminar.href), title: to.text(seminar.title), timeZone: seminar.timeZone },
    }),
    programme: (programme) => ({
      ...to.reference(programme),
      short: to.textOrNull(programme.short),
      summary: to.textOrNull(programme.summary),
      remark: to.textOrNull(programme.remark),
      from: programme.from,
      to: programme.to,
      places: [...programme.places],
      partners: programme.partners.map(to.reference),
      themes: programme.concepts.map(to.theme),
    }),
    organisation: (organisation) => ({
      ...to.reference(organisation),
      type: organisation.type,
      short: to.textOrNull(organisation.short),
      summary: to.textOrNull(organisation.summary),
      places: [...organisation.places],
    }),
    scheme: (scheme) => presentScheme(scheme, pageLang, chain, origin),
    concept: (concept) => presentConcept(concept, pageLang, chain, origin),
    publication: (work) => presentPublication(work, chain, whole),
    record: (record) => ({
      id: record.id,
      kind: record.kind,
      url: whole(`/r/${record.id}`),
      sourceLang: record.sourceLang,
      languages: languageStates(kindOf(record.kind), record.texts, record.sourceLang),
      texts: Object.fromEntries(Object.entries(record.texts).map(([field, values]) => [field, values.map(to.text)])),
      links: record.links.map(to.link),
      synthetic: record.synthetic,
      version: record.version,
      publishedAt: record.publishedAt,
      updatedAt: record.updatedAt,
    }),
  }
}

type Whole = (href: string) => string

function presentText({ lang, state, value }: TextValue) {
  return { lang, state, value }
}

function presentTextOrNull(text: TextValue | null) {
  return text && presentText(text)
}

/** The parts that several records share. */
function presentParts(whole: Whole) {
  const reference = ({ id, href, name, synthetic }: Reference) => ({
    id,
    url: whole(href),
    name: presentText(name),
    synthetic,
  })
  const speaker = (one: Speaker) => ({
    ...reference(one),
    role: one.role,
    position: presentTextOrNull(one.position),
    organisation: one.organisation && reference(one.organisation),
  })
  const material = ({ url, file, label, ...rest }: Material) => ({
    ...rest,
    url: whole(url),
    file: file && { name: file.name, type: servedAs(file.type).contentType, sha256: file.sha256 },
    label: presentTextOrNull(label),
  })
  const session = ({ href, ...one }: Session): ApiSession => ({
    id: one.id,
    url: whole(href),
    number: one.number,
    startsOn: one.startsOn,
    startsAt: one.startsAt,
    endsAt: one.endsAt,
    minutes: one.minutes,
    chathamHouse: one.isChathamHouse,
    title: presentText(one.title),
    abstract: presentTextOrNull(one.abstract),
    channels: one.channels.map(({ lang, kind }) => ({ lang, kind })),
    speakers: one.speakers.map(speaker),
    materials: one.materials.map(material),
    recorded: one.isRecorded,
  })
  const link = ({ href, title, ...rest }: LinkedRecord) => ({
    ...rest,
    title: presentTextOrNull(title),
    url: whole(href ?? `/r/${rest.id}`),
  })
  const theme = ({ id, scheme, notation, label, href }: ConceptTag) => ({
    id,
    url: whole(href),
    scheme,
    notation,
    label: presentText(label),
  })
  const funding = ({ id, mark, statement, funders }: FundingStatement) => ({
    id,
    mark,
    statement: presentText(statement),
    funders: funders.map(reference),
  })
  return { text: presentText, textOrNull: presentTextOrNull, reference, material, session, link, theme, funding }
}

function presentSeminar(seminar: Seminar, to: ReturnType<typeof presentParts>, whole: Whole): ApiSeminar {
  return {
    id: seminar.id,
    url: whole(seminar.href),
    form: seminar.form,
    mode: seminar.mode,
    phase: seminar.phase,
    startsOn: seminar.startsOn,
    endsOn: seminar.endsOn,
    datePrecision: seminar.precision,
    timeZone: seminar.timeZone,
    title: to.text(seminar.title),
    summary: to.textOrNull(seminar.summary),
    objectives: to.textOrNull(seminar.objectives),
    format: to.textOrNull(seminar.format),
    audiences: to.textOrNull(seminar.audiences),
    background: to.textOrNull(seminar.background),
    note: to.textOrNull(seminar.note),
    platform: seminar.platform,
    city: seminar.city,
    country: seminar.country,
    access: seminar.access,
    registration: {
      opensAt: seminar.registrationOpensAt,
      closesAt: seminar.registrationClosesAt,
      url: seminar.registrationUrl && whole(seminar.registrationUrl),
    },
    series: presentSeries(seminar, whole),
    sessions: seminar.sessions.map(to.session),
    materials: seminar.materials.map(to.material),
    languages: seminar.languages.map(({ lang, state, missing }) => ({ lang, state, missing })),
    links: [...seminar.basedOn, ...seminar.links].map(to.link),
    organisers: seminar.organisers.map(to.reference),
    themes: seminar.concepts.map(to.theme),
    places: seminar.places.map(({ code, role }) => ({ code, role })),
    funding: seminar.funding.map(to.funding),
    synthetic: seminar.synthetic,
    version: seminar.version,
    publishedAt: seminar.publishedAt,
    updatedAt: seminar.updatedAt,
  }
}

function presentSeries({ series, seriesPlace }: Seminar, whole: Whole): ApiSeminar['series'] {
  if (!series) return null
  return {
    id: series.id,
    url: whole(series.href),
    title: presentText(series.title),
    number: series.number,
    planned: seriesPlace?.planned ?? null,
    deduced: seriesPlace?.deduced ?? false,
  }
}

function presentScheme(scheme: Scheme, lang: string, chain: ReaderChain, origin: string): ApiScheme {
  const { id, notation, texts } = scheme
  const iri = schemeIri(origin, notation)
  return {
    id,
    iri,
    url: new URL(`/${lang}/themes/${encodeURIComponent(notation)}`, origin).href,
    notation,
    label: presentTextOrNull(pickText(texts['label'], chain)),
    definition: presentTextOrNull(pickText(texts['definition'], chain)),
    turtle: `${iri}.ttl`,
    jsonLd: `${iri}.jsonld`,
  }
}

function presentConcept(concept: Concept, lang: string, chain: ReaderChain, origin: string): ApiConcept {
  const { id, scheme, notation, texts } = concept
  return {
    id,
    iri: conceptIri(origin, scheme, notation),
    url: new URL(`/${lang}/themes/${encodeURIComponent(scheme)}/${encodeURIComponent(notation)}`, origin).href,
    scheme,
    notation,
    label: presentTextOrNull(pickText(texts['label'], chain)),
    definition: presentTextOrNull(pickText(texts['definition'], chain)),
    labels: (texts['label'] ?? []).map(presentText),
    broader: [...concept.broader],
    narrower: [...concept.narrower],
    related: [...concept.related],
    exactMatch: [...concept.exactMatch],
    m49: [...concept.m49],
  }
}
