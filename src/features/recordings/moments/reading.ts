import type { Reader } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { isWithin, playable, type Recording, type Track } from '../domain.ts'
import type { RecordingDeps } from '../reading.ts'
import { findCueNumber, type NumberedCue } from '../store-cues.ts'
import { listCuesWithin } from '../store-spans.ts'
import { chooseCaptions, chooseMedia } from '../transcript.ts'
import type { CitedSpan } from './domain.ts'

/** Lines of a span that are shown; who cites more cites the whole. */
const MOST_LINES = 100

/** Milliseconds of a span whose end nobody knows. */
const USUAL = 10_000

/** What is said in a span of a recording. */
export interface Quote {
  readonly recording: Recording
  /** Its id, where it is not the first of its session. */
  readonly which: string | null
  readonly media: Track | null
  readonly captions: Track | null
  readonly span: CitedSpan
  readonly cues: readonly NumberedCue[]
}

/** What is asked of a span: its end may be left open, and is then that of the line spoken at its beginning. */
export interface AskedSpan {
  readonly from: number
  readonly to: number | null
  readonly play: string | undefined
  readonly text: string | undefined
}

const speaks = (one: Recording) => chooseCaptions(one, [], undefined) ?? playable(one.tracks, [])[0]

/** The recording that was asked for; else the first of these that says or plays anything. */
export function chooseRecording(recordings: readonly Recording[], asked: string | undefined): Recording | null {
  if (asked !== undefined) return recordings.find(({ id }) => id === asked) ?? null
  return recordings.find(speaks) ?? recordings[0] ?? null
}

/** Reads a span of a recording, in the languages that were asked for, else in the reader's. 404 outside of the session's part. */
export async function readQuote(
  { recordings }: Pick<RecordingDeps, 'recordings'>,
  { chain }: Pick<Reader, 'chain'>,
  { recording, which }: Pick<Quote, 'recording' | 'which'>,
  { from, to, play, text }: AskedSpan,
): Promise<Quote> {
  const { part } = recording
  if (part && !isWithin(from, part)) throw new NotFoundError('second')
  const captions = chooseCaptions(recording, chain, text)
  const spoken = captions && to === null ? await findCueNumber(recordings, captions, from) : null
  const end = to ?? (spoken && spoken.endsAt > from ? spoken.endsAt : from + USUAL)
  const span = { from, to: part ? Math.min(end, part.endsAt) : end }
  const cues = captions ? await listCuesWithin(recordings, captions, span, MOST_LINES) : []
  return { recording, which, media: chooseMedia(recording, chain, play), captions, span, cues }
}
