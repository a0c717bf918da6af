import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import type { FieldValues } from '#platform/forms.ts'
import { cleanText } from '#platform/text/index.ts'
import type { ChannelKind } from '../domain.ts'

/** A session as it is typed: nothing has looked at what it says yet. */
export interface AgendaEntry {
  /** Of a session there is; empty: a new one. */
  readonly id: string
  readonly title: string
  readonly day: string
  readonly start: string
  readonly end: string
  readonly minutes: string
  readonly channels: Readonly<Record<string, ChannelKind>>
  readonly speakers: readonly AgendaSpeaker[]
  /** Held under the Chatham House Rule. */
  readonly isChathamHouse: boolean
  /** What was typed to look for a speaker. */
  readonly find: string
}

export interface AgendaSpeaker {
  readonly person: string
  readonly role: 'speaker' | 'moderator'
}

/** The agenda of a seminar as it is typed. */
export interface AgendaForm {
  readonly sessions: readonly AgendaEntry[]
  /** Languages a channel can be chosen for, beyond those of the hub. */
  readonly languages: readonly string[]
}

const most = { sessions: 200, speakers: 50, languages: 20 } as const

/** A session nobody has filled in. */
const emptyEntry: AgendaEntry = {
  id: '',
  title: '',
  day: '',
  start: '',
  end: '',
  minutes: '',
  channels: {},
  speakers: [],
  isChathamHouse: false,
  find: '',
}

/** Reads the agenda's form. Numbers in names give the order; gaps do not matter. */
export function readAgendaForm(sent: FieldValues): AgendaForm {
  const numbers = new Set<number>()
  for (const name of Object.keys(sent)) {
    const [, number] = /^sessions\.(\d{1,4})\./.exec(name) ?? []
    if (number !== undefined) numbers.add(Number(number))
  }
  const sorted = [...numbers].toSorted((one, other) => one - other).slice(0, most.sessions)
  const languages = (sent['languages'] ?? []).flatMap((text) => text.split(/[\s,;]+/))
  return {
    sessions: sorted.map((number) => readEntry(sent, `sessions.${number}.`)),
    languages: tagsOf(languages),
  }
}

const tagsOf = (texts: readonly string[]) =>
  [...new Set(texts.flatMap((text) => (text === '' ? [] : (canonicalLanguageTag(text) ?? []))))].slice(
    0,
    most.languages,
  )

function readEntry(sent: FieldValues, prefix: string): AgendaEntry {
  const text = (name: string) => cleanText(sent[prefix + name]?.[0] ?? '').trim()
  const channels: Record<string, ChannelKind> = {}
  const people = new Map<number, AgendaSpeaker>()
  for (const [name, [value = '']] of Object.entries(sent)) {
    if (!name.startsWith(prefix)) continue
    const rest = name.slice(prefix.length)
    const [, lang] = /^channels\.([\w-]{2,35})$/.exec(rest) ?? []
    if (lang !== undefined && (value === 'floor' || value === 'interpretation')) channels[lang] = value
    const [, place] = /^speakers\.(\d{1,3})\.person$/.exec(rest) ?? []
    if (place !== undefined && value !== '')
      people.set(Number(place), { person: value, role: roleOf(text(`speakers.${place}.role`)) })
  }
  const added = (sent[`${prefix}add[]`] ?? []).map((person): AgendaSpeaker => ({ person, role: 'speaker' }))
  const inOrder = [...people].toSorted(([one], [other]) => one - other).map(([, speaker]) => speaker)
  return {
    id: text('id'),
    title: text('title').replace(/\s+/g, ' '),
    day: text('day'),
    start: text('start'),
    end: text('end'),
    minutes: text('minutes'),
    channels,
    speakers: withoutTwins([...inOrder, ...added]).slice(0, most.speakers),
    isChathamHouse: text('chathamHouse') === 'on',
    find: text('find').slice(0, 100),
  }
}

const roleOf = (text: string): AgendaSpeaker['role'] => (text === 'moderator' ? 'moderator' : 'speaker')

/** Nobody stands twice in one session; the first time counts. */
function withoutTwins(speakers: readonly AgendaSpeaker[]): AgendaSpeaker[] {
  return speakers.filter(({ person }, index) => speakers.findIndex((other) => other.person === person) === index)
}

/** An agenda as the values of its form. */
export function agendaValues({ sessions, languages }: AgendaForm): FieldValues {
  const values: Record<string, readonly string[]> = { languages: [languages.join(' ')] }
  for (const [index, entry] of sessions.entries()) {
    const prefix = `sessions.${index}.`
    const { channels, speakers, isChathamHouse, ...texts } = entry
    for (const [name, text] of Object.entries(texts)) values[prefix + name] = [text]
    if (isChathamHouse) values[`${prefix}chathamHouse`] = ['on']
    for (const [lang, kind] of Object.entries(channels)) values[`${prefix}channels.${lang}`] = [kind]
    for (const [place, { person, role }] of speakers.entries()) {
      values[`${prefix}speakers.${place}.person`] = [person]
      values[`${prefix}speakers.${place}.role`] = [role]
    }
  }
  return values
}

/** What a button of the form does to the agenda instead of saving it; null: it saves. */
export function turnAgenda(form: AgendaForm, deed: string): AgendaForm | null {
  const [verb = '', first = '', second = ''] = deed.split(':')
  const at = Number(first)
  const { sessions } = form
  const entry = sessions[at]
  if (verb === 'check') return form
  if (verb === 'add') return { ...form, sessions: [...sessions, followUp(sessions.at(-1))] }
  if (entry === undefined || !/^\d{1,4}$/.test(first)) return null
  switch (verb) {
    case 'find':
      return form
    case 'up':
    case 'down':
      return { ...form, sessions: moved(sessions, at, verb === 'up' ? at - 1 : at + 1) }
    case 'remove':
      return { ...form, sessions: sessions.toSpliced(at, 1) }
    case 'unspeak':
      return {
        ...form,
        sessions: sessions.with(at, { ...entry, speakers: entry.speakers.filter(({ person }) => person !== second) }),
      }
    default:
      return null
  }
}

/** A new session begins on the day and where the last one ended, in the same languages. */
function followUp(last: AgendaEntry | undefined): AgendaEntry {
  if (!last) return emptyEntry
  return { ...emptyEntry, day: last.day, start: last.end, channels: last.channels }
}

function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const [one, other] = [list[from], list[to]]
  return one === undefined || other === undefined ? list : list.with(to, one).with(from, other)
}
