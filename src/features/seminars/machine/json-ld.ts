import { servedAs } from '#platform/files/index.ts'
import { schemaOrg, type JsonLd } from '#platform/json-ld.ts'
import { shorten } from '#platform/text/index.ts'
import type { Reference } from '#features/directory/index.ts'
import type { LinkedRecord } from '#features/records/index.ts'
import type { Material, Seminar, SeminarMode, Session, Speaker } from '../domain.ts'
import { absolute } from './context.ts'

const attendance: Readonly<Record<SeminarMode, string>> = {
  online: 'OnlineEventAttendanceMode',
  'in-person': 'OfflineEventAttendanceMode',
  hybrid: 'MixedEventAttendanceMode',
}

/**
 * A seminar as a schema.org Event with a sub-event per session. Dates are as exact as they are known: a month is `2021-03`, a day has no
 * hour. Descriptions are short, because it travels inside the page.
 */
export function seminarJsonLd(seminar: Seminar, origin: string): JsonLd {
  return schemaOrg({
    '@type': 'Event',
    '@id': absolute(origin, `/r/${seminar.id}`),
    name: seminar.title.value,
    description: seminar.summary ? shorten(seminar.summary.value, 200) : undefined,
    url: absolute(origin, seminar.href),
    ...dates(seminar),
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: `https://schema.org/${attendance[seminar.mode]}`,
    location: locations(seminar, origin),
    inLanguage: spoken(seminar),
    superEvent: seminar.series
      ? { '@type': 'EventSeries', name: seminar.series.title.value, url: absolute(origin, seminar.series.href) }
      : undefined,
    organizer: seminar.organisers.map((organiser) => organisation(organiser, origin)),
    funder: uniqueFunders(seminar).map((funder) => organisation(funder, origin)),
    keywords: seminar.concepts.map((concept) => ({
      '@type': 'DefinedTerm',
      name: concept.label.value,
      inDefinedTermSet: absolute(origin, `/vocabularies/${concept.scheme}`),
      termCode: concept.notation,
    })),
    workFeatured: seminar.basedOn.flatMap((work) => creativeWork(work, origin)),
    recordedIn: videos(seminar.materials, origin),
    subEvent: seminar.sessions.map((session) => subEvent(session, seminar.timeZone, origin)),
    sameAs: sameAs(seminar, origin),
  })
}

function dates({ startsOn, endsOn, precision, sessions, timeZone }: Seminar): JsonLd {
  if (precision === 'month') return { startDate: startsOn.slice(0, 7), endDate: endsOn.slice(0, 7) }
  const first = sessions[0]?.startsAt
  const last = sessions.at(-1)?.endsAt
  return { startDate: first ? local(first, timeZone) : startsOn, endDate: last ? local(last, timeZone) : endsOn }
}

function local(at: string, zone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toString({ smallestUnit: 'minute', timeZoneName: 'never' })
}

function locations(seminar: Seminar, origin: string): JsonLd[] {
  const address = {
    '@type': 'PostalAddress',
    addressLocality: seminar.city ?? undefined,
    addressCountry: seminar.country ?? undefined,
  }
  const place = { '@type': 'Place', name: seminar.city ?? undefined, address }
  const virtual = {
    '@type': 'VirtualLocation',
    name: seminar.platform ?? undefined,
    url: absolute(origin, seminar.href),
  }
  return [...(seminar.mode === 'online' ? [] : [place]), ...(seminar.mode === 'in-person' ? [] : [virtual])]
}

function spoken({ sessions }: Seminar): string[] {
  return [...new Set(sessions.flatMap((session) => session.channels.map((channel) => channel.lang)))]
}

function organisation(reference: Reference, origin: string): JsonLd {
  return { '@type': 'Organization', name: reference.name.value, url: absolute(origin, reference.href) }
}

function uniqueFunders({ funding }: Seminar): Reference[] {
  return [...new Map(funding.flatMap((one) => one.funders).map((funder) => [funder.id, funder])).values()]
}

function creativeWork(work: LinkedRecord, origin: string): JsonLd[] {
  if (!work.title) return []
  return [{ '@type': 'CreativeWork', name: work.title.value, url: work.href ? absolute(origin, work.href) : undefined }]
}

function subEvent(session: Session, zone: string, origin: string): JsonLd {
  return {
    '@type': 'Event',
    name: session.title.value,
    url: absolute(origin, session.href),
    startDate: session.startsAt ? local(session.startsAt, zone) : (session.startsOn ?? undefined),
    endDate: session.endsAt ? local(session.endsAt, zone) : undefined,
    duration: session.minutes ? `PT${session.minutes}M` : undefined,
    performer: session.speakers.map((speaker) => performer(speaker, origin)),
    recordedIn: videos(session.materials, origin),
  }
}

function performer(speaker: Speaker, origin: string): JsonLd {
  return { '@type': 'Person', name: speaker.name.value, url: absolute(origin, speaker.href) }
}

function videos(materials: readonly Material[], origin: string): JsonLd[] {
  const recordings = materials.filter((material) => material.kind === 'recording')
  return recordings.map((recording) => ({
    '@type': 'VideoObject',
    name: recording.label?.value,
    url: absolute(origin, recording.url),
    contentUrl: recording.file ? absolute(origin, recording.url) : undefined,
    encodingFormat: recording.file ? servedAs(recording.file.type).contentType : undefined,
    inLanguage: recording.lang,
    duration: recording.seconds ? `PT${recording.seconds}S` : undefined,
  }))
}

function sameAs({ links }: Seminar, origin: string): string[] {
  return links.flatMap((link) => (link.relation === 'same_as' && link.href ? [absolute(origin, link.href)] : []))
}
