import { valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { cleanText } from '#platform/text/index.ts'
import { consentAnswers, consentPurposes, nothingNoted, type ConsentAnswer, type Noted } from '../domain.ts'
import type { AskedSession, AskedSpeaker } from './standing.ts'

/** Characters of a note. */
const MOST_NOTE = 2000

/** The beginning of the names of somebody's fields. */
export const fieldsOf = (session: Pick<AskedSession, 'id'>, { personId }: Pick<AskedSpeaker, 'personId'>) =>
  `${session.id}.${personId}.`

/** What a form says of one person: what it showed when it was opened, and what it holds now. */
export interface TypedNoted {
  readonly personId: string
  readonly shown: Noted
  readonly typed: Noted
}

interface TypedConsents {
  readonly typed: readonly TypedNoted[]
  readonly problems: readonly FieldProblem[]
}

const answerOf = (text: string | undefined): ConsentAnswer | null =>
  consentAnswers.find((answer) => answer === text) ?? null

const wasShown = /^(given|refused)?,(given|refused)?,(given|refused)?,([^]*)$/

/** What a form showed, in one hidden field. */
const writeShown = ({ recording, transcript, publication, note }: Noted) =>
  [recording, transcript, publication, note].map((part) => part ?? '').join(',')

/** Null when it is none; a form that says nothing of it showed nothing. */
function readShown(text: string): Noted | null {
  if (text === '') return nothingNoted
  const [found, recording, transcript, publication, note = ''] = wasShown.exec(text) ?? []
  if (found === undefined) return null
  return {
    recording: answerOf(recording),
    transcript: answerOf(transcript),
    publication: answerOf(publication),
    note,
  }
}

/** What was noted in a session as the fields of its form; `notes` take the place of what stands. */
export function consentValues(session: AskedSession, notes: ReadonlyMap<string, Noted> = new Map()): FieldValues {
  const fields = session.speakers.flatMap((speaker): [string, string[]][] => {
    const name = fieldsOf(session, speaker)
    const noted = notes.get(speaker.personId) ?? speaker.noted
    return [
      [`${name}was`, [writeShown(speaker.noted)]],
      ...consentPurposes.map((purpose): [string, string[]] => [`${name}${purpose}`, [noted[purpose] ?? '']]),
      [`${name}note`, [noted.note]],
    ]
  })
  return Object.fromEntries(fields)
}

/** Reads the form of a session; a field that was not sent is as it was. */
export function readConsents(sent: FieldValues, session: AskedSession): TypedConsents {
  const known = new Set(session.speakers.map((speaker) => fieldsOf(session, speaker)))
  const isStrange = Object.keys(sent).some((name) => {
    const [, person] = /^(\w+\.\w+\.)(?:recording|transcript|publication|note|was)$/.exec(name) ?? []
    return person !== undefined && !known.has(person)
  })
  const problems: FieldProblem[] = isStrange ? [formGone] : []
  const typed = session.speakers.flatMap((speaker): TypedNoted[] => {
    const name = fieldsOf(session, speaker)
    const shown = readShown(valueOf(sent, `${name}was`))
    if (shown === null) problems.push(formGone)
    const isSent = [...consentPurposes, 'note'].some((field) => sent[name + field] !== undefined)
    if (!isSent || shown === null) return []
    const read = readTyped(sent, name, shown)
    problems.push(...read.problems)
    return [{ personId: speaker.personId, shown, typed: read.noted }]
  })
  return { typed, problems }
}

const formGone: FieldProblem = { field: '', message: 'desk.consent.gone' }

function readTyped(sent: FieldValues, name: string, shown: Noted): { noted: Noted; problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = []
  const answer = (purpose: (typeof consentPurposes)[number]): ConsentAnswer | null => {
    const [text] = sent[name + purpose] ?? []
    if (text === undefined) return shown[purpose]
    const read = answerOf(text)
    if (text !== '' && read === null) problems.push({ field: name + purpose, message: 'form.invalid' })
    return read
  }
  const [written] = sent[`${name}note`] ?? []
  const note = written === undefined ? shown.note : cleanText(written).trim()
  if (note.length > MOST_NOTE) problems.push({ field: `${name}note`, message: 'form.tooLong' })
  const [recording, transcript, publication] = [answer('recording'), answer('transcript'), answer('publication')]
  return { noted: { recording, transcript, publication, note }, problems }
}
