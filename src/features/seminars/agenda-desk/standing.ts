import {
  loadRecords,
  nameFor,
  readDeskRows,
  type LoadedRecord,
  type Reader,
  type RecordDb,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { dayOf } from '#platform/time.ts'
import { localTime } from '#features/desk/index.ts'
import { readSeminarRows } from '../store.ts'
import { listAgendaRows, type AgendaRow } from '../store-agenda.ts'
import { seminarTables } from '../store-desk.ts'
import type { AgendaEntry, AgendaForm } from './form.ts'
import type { AgendaFrame } from './problems.ts'

/** An agenda as it stands: the sessions that are not withdrawn, and those that are. */
export interface AgendaStanding {
  readonly seminar: LoadedRecord
  readonly frame: AgendaFrame
  readonly rows: readonly AgendaRow[]
  readonly withdrawn: readonly AgendaRow[]
  /** Records of the sessions and of whoever speaks in them. */
  readonly records: ReadonlyMap<string, LoadedRecord>
}

/** Reads the agenda of a seminar; a fixed number of queries. */
export async function loadAgenda(db: RecordDb, id: string): Promise<AgendaStanding> {
  const own = seminarTables(db)
  const [row] = await readSeminarRows(own, [id])
  const all = await listAgendaRows(own, id)
  const ids = all.flatMap((session) => [session.id, ...session.speakers.map((speaker) => speaker.person)])
  const records = await loadRecords(db, [id, ...ids], ['title', 'name'])
  const states = new Map(
    (
      await readDeskRows(
        db,
        all.map((session) => session.id),
      )
    ).map((state) => [state.id, state.status]),
  )
  const seminar = records.get(id)
  if (!row || !seminar) throw new NotFoundError('seminar')
  const isWithdrawn = (session: AgendaRow) => states.get(session.id) === 'withdrawn'
  return {
    seminar,
    frame: { startsOn: row.starts_on, endsOn: row.ends_on, zone: row.time_zone },
    rows: all.filter((session) => !isWithdrawn(session)),
    withdrawn: all.filter(isWithdrawn),
    records,
  }
}

/** The title of a session in the language it was written in. */
export function titleOf({ records, seminar }: AgendaStanding, id: string): string {
  const record = records.get(id)
  const texts = record?.texts['title'] ?? []
  const lang = record?.sourceLang ?? seminar.sourceLang
  return texts.find((text) => text.lang === lang)?.value ?? texts[0]?.value ?? ''
}

/** The fields of a session that is there. */
export function entryOf(standing: AgendaStanding, row: AgendaRow): AgendaEntry {
  const { zone } = standing.frame
  const clock = (at: string | null) => (at === null ? '' : localTime(at, zone).slice(11, 16))
  return {
    id: row.id,
    title: titleOf(standing, row.id),
    day: row.startsOn ?? (row.startsAt === null ? '' : dayOf(row.startsAt, zone)),
    start: clock(row.startsAt),
    end: clock(row.endsAt),
    minutes: row.minutes === null ? '' : String(row.minutes),
    channels: Object.fromEntries(row.channels.map(({ lang, kind }) => [lang, kind])),
    speakers: row.speakers,
    isChathamHouse: row.isChathamHouse,
    find: '',
  }
}

/** The form of an agenda as it stands. */
export function formOfAgenda(standing: AgendaStanding, languages: readonly string[]): AgendaForm {
  const used = standing.rows.flatMap((row) => row.channels.map((channel) => channel.lang))
  return {
    sessions: standing.rows.map((row) => entryOf(standing, row)),
    languages: [...new Set(used)].filter((lang) => !languages.includes(lang)),
  }
}

/** Somebody who reads a record in its own language: the history is the same for everybody. */
const ownReader = ({ sourceLang }: LoadedRecord): Reader => ({ lang: sourceLang, chain: [sourceLang], audience: [] })

/** An agenda as lines of text, for the history: number, day and hours, title, languages, speakers, the rule it is held under. */
export function agendaLines(entries: readonly AgendaEntry[], records: ReadonlyMap<string, LoadedRecord>): string {
  const nameOf = (id: string) => {
    const record = records.get(id)
    return record ? nameFor(record, ownReader(record)).value : id
  }
  return entries
    .map((entry, index) => {
      const { day, start, end, minutes, title, channels, speakers, isChathamHouse } = entry
      const hours = [start, end].filter((text) => text !== '').join('–')
      const when = [day, hours || (minutes === '' ? '' : `${minutes}′`)].filter((text) => text !== '').join(' ')
      const heard = Object.entries(channels)
        .map(([lang, kind]) => (kind === 'floor' ? `${lang}*` : lang))
        .toSorted()
      const people = speakers.map(({ person, role }) => (role === 'moderator' ? `${nameOf(person)}*` : nameOf(person)))
      const rule = isChathamHouse ? 'Chatham House' : ''
      const parts = [`${index + 1}`, when, title, heard.join(' '), people.join(', '), rule]
      return parts.filter((text) => text !== '').join(' · ')
    })
    .join('\n')
}
