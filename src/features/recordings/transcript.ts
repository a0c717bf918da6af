import type { Reader } from '#features/records/index.ts'
import { slideMarks } from './captions/index.ts'
import { isWithin, playable, type Recording, type Span, type Track } from './domain.ts'
import { foldWords } from './find-words.ts'
import type { RecordingDeps } from './reading.ts'
import { findCueNumber, findFirstNumber, listCuesFrom, listMarkedCues, type NumberedCue } from './store-cues.ts'
import { listCuesWith } from './store-spans.ts'

/** Lines of a transcript that are shown at once: with the page around them they fit into one window of a bad line. */
const STRETCH = 60

/** Chapters that are listed; more would be longer than the page they lead through. */
const MOST_CHAPTERS = 60

/** Where a slide comes up, in milliseconds. */
export interface SlideChapter {
  readonly number: number
  readonly startsAt: number
}

/** A stretch of a transcript, with the starts of those before and after it. */
export interface Stretch {
  readonly track: Track
  readonly cues: readonly NumberedCue[]
  /** The line spoken at the second that was asked for. */
  readonly current: number | null
  readonly previous: number | null
  readonly next: number | null
  readonly chapters: readonly SlideChapter[]
}

/** The captions in the language that was asked for, else in the reader's. */
export function chooseCaptions(
  { tracks }: Pick<Recording, 'tracks'>,
  chain: readonly string[],
  asked: string | undefined,
): Track | null {
  const captions = tracks.filter(({ kind, cues }) => kind === 'captions' && cues > 0)
  const inLanguage = (lang: string | undefined) => captions.find((track) => track.lang === lang)
  const theirs = chain.map(inLanguage).find((track) => track !== undefined)
  return inLanguage(asked) ?? theirs ?? captions[0] ?? null
}

/** The film or the sound in the language that was asked for, else in the reader's. */
export function chooseMedia({ tracks }: Recording, chain: readonly string[], asked: string | undefined): Track | null {
  const all = playable(tracks, chain)
  return all.find(({ lang }) => lang === asked) ?? all[0] ?? null
}

/** The stretch of a transcript that a second lies in, from its beginning without one. Four queries, however long it is. */
async function readStretch(
  { recordings }: Pick<RecordingDeps, 'recordings'>,
  part: Span | null,
  track: Track,
  second: number | null,
): Promise<Stretch> {
  const trackId = track.id
  const [begin, spoken, marked] = await Promise.all([
    findFirstNumber(recordings, trackId, part),
    second === null ? null : findCueNumber(recordings, trackId, second),
    listMarkedCues(recordings, trackId, part),
  ])
  const first = Math.floor(Math.max(0, (spoken?.number ?? begin) - begin) / STRETCH) * STRETCH + begin
  // One before and one after: where the neighbours begin.
  const range = { trackId, part, from: Math.max(begin, first - STRETCH), limit: STRETCH * 2 + 1 }
  const around = await listCuesFrom(recordings, range)
  const cues = around.filter(({ number }) => number >= first && number < first + STRETCH)
  const isSpoken = spoken !== null && second !== null && spoken.endsAt >= second
  return {
    track,
    cues,
    current: isSpoken ? spoken.number : null,
    previous: around.find(({ number }) => number < first)?.startsAt ?? null,
    next: around.find(({ number }) => number === first + STRETCH)?.startsAt ?? null,
    chapters: slideMarks(marked)
      .slice(0, MOST_CHAPTERS)
      .map(({ number, startsAt }) => ({ number, startsAt })),
  }
}

/** Lines with the words that were looked for; more are not told of one by one. */
const MOST_FOUND = 200

/** What was looked for in the whole transcript, and the lines that have it. */
export interface FoundLines {
  /** As it was typed. */
  readonly words: string
  /** As it is compared. */
  readonly folded: string
  readonly cues: readonly NumberedCue[]
  readonly isMore: boolean
}

async function findLines(
  { recordings }: Pick<RecordingDeps, 'recordings'>,
  part: Span | null,
  track: Track,
  words: string,
): Promise<FoundLines> {
  const folded = foldWords(words)
  const cues = folded === '' ? [] : await listCuesWith(recordings, track.id, { part, folded, limit: MOST_FOUND + 1 })
  return { words, folded, cues: cues.slice(0, MOST_FOUND), isMore: cues.length > MOST_FOUND }
}

/** What is asked of a page of a session. */
export interface Asked {
  /** Milliseconds. */
  readonly second: number | null
  /** Where the span that is cited ends, in milliseconds. */
  readonly end: number | null
  /** The language that plays, and that of the transcript. */
  readonly play: string | undefined
  readonly text: string | undefined
  readonly find: string | undefined
  /** The track of another host that the reader wants to play here. */
  readonly outside: string | undefined
}

/** What a page of a session shows of a recording. */
export interface ShownRecording {
  readonly recording: Recording
  readonly media: Track | null
  readonly stretch: Stretch | null
  /** Milliseconds. */
  readonly second: number | null
  /** Milliseconds, after the second; null when no span is asked for. */
  readonly end: number | null
  readonly found: FoundLines | null
  /** What plays here although it is elsewhere, as the reader wished. */
  readonly outside: Track | null
}

/** A recording as a page shows it: what plays, and the stretch of the transcript. */
export async function showRecording(
  deps: RecordingDeps,
  { chain }: Pick<Reader, 'chain'>,
  recording: Recording,
  asked: Asked,
): Promise<ShownRecording> {
  const captions = chooseCaptions(recording, chain, asked.text)
  const { part } = recording
  // A second of another session is none of this one.
  const second = asked.second !== null && (part === null || isWithin(asked.second, part)) ? asked.second : null
  const end = second === null ? null : asked.end
  const { find } = asked
  const [stretch, found] = await Promise.all([
    captions && readStretch(deps, part, captions, second),
    captions && find !== undefined ? findLines(deps, part, captions, find) : null,
  ])
  const outside = recording.tracks.find(({ id, isElsewhere }) => isElsewhere && id === asked.outside) ?? null
  return { recording, media: chooseMedia(recording, chain, asked.play), stretch, second, end, found, outside }
}
