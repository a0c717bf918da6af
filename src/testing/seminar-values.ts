import type { Seminar, Session, Speaker } from '#features/seminars/index.ts'
import type { TextState, TextValue } from '#features/records/index.ts'

/** A text for a test. */
export function aText(value: string, lang = 'en', state: TextState = 'source'): TextValue {
  return { lang, state, value }
}

/** A speaker value, of an organisation. */
export function aSpeakerValue(name = 'Amina Diallo'): Speaker {
  return {
    id: 'per_01',
    name: aText(name),
    href: '/en/people/amina-diallo',
    synthetic: true,
    role: 'speaker',
    position: aText('Adviser'),
    organisation: {
      id: 'org_01',
      name: aText('African Union'),
      href: '/en/organisations/african-union',
      synthetic: false,
    },
  }
}

/** A session value: its day is known, its hours are not. */
export function aSessionValue(changes: Partial<Session> = {}): Session {
  const number = changes.number ?? 1
  return {
    id: `ses_0${number}`,
    number,
    title: aText(`Session title ${number}`),
    abstract: aText('What we **learnt**.'),
    channels: [
      { lang: 'en', kind: 'floor' },
      { lang: 'fr', kind: 'interpretation' },
    ],
    speakers: [],
    materials: [],
    href: `/en/seminars/links/sessions/${number}`,
    translators: [],
    startsOn: '2021-12-01',
    startsAt: null,
    endsAt: null,
    minutes: 120,
    isChathamHouse: false,
    isRecorded: false,
    ...changes,
  }
}

/** A seminar value of two days with two sessions. */
export function aSeminarValue(changes: Partial<Seminar> = {}): Seminar {
  return {
    id: 'sem_01',
    href: '/en/seminars/links',
    form: 'seminar',
    mode: 'online',
    timeZone: 'Europe/Brussels',
    startsOn: '2021-12-01',
    endsOn: '2021-12-02',
    precision: 'day',
    startsAt: null,
    phase: 'held',
    title: aText('Links between development and reintegration'),
    summary: aText('Two days on what ties the two together.'),
    city: null,
    country: null,
    synthetic: false,
    languages: [
      { lang: 'en', state: 'source', missing: 0 },
      { lang: 'fr', state: 'behind', missing: 1 },
    ],
    series: { id: 'ser_01', title: aText('Interregional seminars'), href: '/en/series/interregional', number: 3 },
    sourceLang: 'en',
    platform: 'Zoom',
    access: 'public',
    registrationOpensAt: null,
    registrationClosesAt: null,
    registrationUrl: null,
    joinUrl: null,
    objectives: aText('- Learn\n- Share'),
    format: null,
    audiences: null,
    background: null,
    note: null,
    sessions: [aSessionValue(), aSessionValue({ number: 2, startsOn: '2021-12-02' })],
    materials: [],
    seriesPlace: null,
    organisers: [],
    basedOn: [],
    links: [],
    concepts: [],
    places: [],
    funding: [],
    alternates: { en: '/en/seminars/links', fr: '/fr/seminars/liens' },
    translators: [],
    version: 2,
    publishedAt: '2021-11-01T08:00:00.000Z',
    updatedAt: '2021-11-20T09:30:00.000Z',
    ...changes,
  }
}
