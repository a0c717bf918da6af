import { loadRecords, nameFor, type LoadedRecord, type Reader, type RecordDb } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { matchSpeakers, type CaptionFormat, type CaptionProblem, type InsteadOfCaptions } from '../captions/index.ts'
import { hasMovedOn } from '../domain.ts'
import { recordingTables } from '../store.ts'
import { countLinesAfter, listLabels, listSpeakersOf, readCaptionRow, type CaptionRow, type LabelRow } from './store.ts'

const reasons = [
  ...(['empty', 'tooLarge', 'picture', 'film', 'sound', 'pdf', 'archive', 'binary', 'markup'] as const),
  ...(['otherCaptions', 'noTimes', 'noCues'] as const satisfies readonly InsteadOfCaptions[]),
  'missing' as const,
]
type CaptionReason = (typeof reasons)[number]

const formats = ['vtt', 'srt', 'sbv', 'text'] as const satisfies readonly CaptionFormat[]

/** Names of speakers that are offered; those who say least are left out. */
const MOST_LABELS = 100

/** A line may stand a moment longer than there is something to hear, in milliseconds. */
const GRACE = 2000

/** What the desk says of captions. */
export interface ShownCaptions {
  readonly state: 'none' | 'waiting' | 'failed' | 'read'
  readonly reason: CaptionReason | null
  readonly format: CaptionFormat | null
  readonly cues: number
  readonly lang: string
  /** The language that the words are in, when it is another than the track is said to be in. */
  readonly otherLang: string | null
  /** Milliseconds. */
  readonly duration: number | null
  /** Lines that end after the film or the sound does. */
  readonly linesAfter: number
  readonly problems: readonly CaptionProblem[]
  readonly problemCount: number
  /** What it was made from has changed since. */
  readonly isBehind: boolean
  readonly labels: readonly (LabelRow & { readonly suggested: string | null })[]
  /** There may be more names than these. */
  readonly isMoreLabels: boolean
  /** Everybody a name can mean. */
  readonly people: readonly { readonly value: string; readonly label: string }[]
}

/** The captions of a track as they stand, seen by a reader. The number of queries is fixed. */
export async function loadCaptions(records: RecordDb, reader: Reader, trackId: string): Promise<ShownCaptions> {
  const own = recordingTables(records)
  const row = await readCaptionRow(own, trackId)
  if (!row) throw new NotFoundError('track')
  const linesAfter = row.duration === null ? 0 : await countLinesAfter(own, trackId, row.duration + GRACE)
  const labels = row.state === 'read' ? await listLabels(own, trackId, MOST_LABELS + 1) : []
  const ids = [...(await listSpeakersOf(own, trackId)), ...labels.flatMap((one) => one.personId ?? [])]
  const people = [...(await loadRecords(records, [...new Set(ids)], ['name'])).values()]
  const shown = labels.slice(0, MOST_LABELS)
  return {
    ...readingOf(row),
    linesAfter,
    labels: withMatches(shown, people),
    isMoreLabels: labels.length > MOST_LABELS,
    people: people.map((person) => ({ value: person.id, label: nameFor(person, reader).value })),
  }
}

/** What a name means until somebody confirms it: who is called so in any language. */
function withMatches(labels: readonly LabelRow[], people: readonly LoadedRecord[]): ShownCaptions['labels'] {
  const candidates = people.flatMap(({ id, texts }) => (texts['name'] ?? []).map(({ value: name }) => ({ id, name })))
  const matches = matchSpeakers(
    labels.map(({ label }) => label),
    candidates,
  )
  return labels.map((one) => ({
    ...one,
    suggested: one.isConfirmed ? one.personId : (matches.get(one.label) ?? null),
  }))
}

function readingOf(row: CaptionRow) {
  const { kind, lang, file, guessedLang, cues, duration, problems, problemCount } = row
  const isRead = file !== null && kind === 'captions'
  const isOther = guessedLang !== null && guessedLang.split('-')[0] !== lang.split('-')[0]
  return {
    state: isRead ? (row.state ?? ('waiting' as const)) : ('none' as const),
    reason: row.state === 'failed' ? (reasons.find((one) => one === row.reason) ?? ('binary' as const)) : null,
    format: formats.find((one) => one === row.format) ?? null,
    otherLang: isOther ? guessedLang : null,
    isBehind: hasMovedOn(row.sourceNoted, row.sourcePresent),
    cues,
    lang,
    duration,
    problems,
    problemCount,
  }
}
