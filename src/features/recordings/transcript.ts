import type { Reader } from '#features/records/index.ts'
import { readSpeakers, type NamedSpeaker } from './caption-desk/speakers.ts'
import { chapterAt, stretchesOf, type Chapter } from './chapters/domain.ts'
import { readChapters, type Planned } from './chapters/reading.ts'
import { findFirstLines, findLastLine } from './chapters/store.ts'
import { isWithin, playable, type Recording, type Span, type Track } from './domain.ts'
import { foldWords } from './find-words.ts'
import type { RecordingDeps } from './reading.ts'
import { findFirstNumber, findSpoken, listCuesFrom, type NumberedCue } from './store-cues.ts'
import { listCuesWith } from './store-spans.ts'

/** Lines of a transcript that are shown at once: with the page around them they fit into one window of a bad line. */
const STRETCH = 60

/** A stretch of a transcript, with the starts of those before and after it. */
export interface Stretch {
  readonly track: Track
  readonly cues: readonly NumberedCue[]
  /** The chapters of these lines; the first may have begun before them, or be none. */
  readonly parts: readonly { readonly chapter: Chapter | null; readonly cues: readonly NumberedCue[] }[]
  /** The line spoken at the second that was asked for. */
  readonly current: number | null
  readonly previous: number | null
  readonly next: number | null
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

/**
 * The stretch of a transcript that a second lies in, from its beginning without one: whole chapters where they fit. Five queries, however long
 * it is.
 */
async function readStretch(
  { recordings }: Pick<RecordingDeps, 'recordings'>,
  part: Span | null,
  track: Track,
  chapters: readonly Chapter[],
  second: number | null,
): Promise<Stretch> {
  const times = chapters.map(({ startsAt }) => startsAt)
  const [begin, last, spoken, firstLines] = await Promise.all([
    findFirstNumber(recordings, track, part),
    findLastLine(recordings, track.id, part),
    second === null ? null : findSpoken(recordings, track, second),
    findFirstLines(recordings, track.id, times),
  ])
  const chapterLines = firstLines.flatMap((line) => (line === null ? [] : [line - begin + 1]))
  const starts = stretchesOf((last?.number ?? 0) - begin + 1, chapterLines, STRETCH).map((line) => line + begin - 1)
  const asked = second === null ? null : chapterAt(chapters, second)
  // A chapter may begin before somebody speaks in it.
  const line = Math.max(spoken?.cue.number ?? begin, (asked && firstLines[asked.number - 1]) ?? begin)
  const index = starts.findLastIndex((start) => start <= line)
  const first = starts[index] ?? begin
  const end = starts[index + 1] ?? Infinity
  // With the line before the stretch before, and some after: where the neighbours begin.
  const from = Math.max(begin, (starts[index - 1] ?? first) - 1)
  const around = await listCuesFrom(recordings, { captions: track, part, from, limit: STRETCH * 2 + 9 })
  const cues = around.filter(({ number }) => number >= first && number < end)
  return {
    track,
    cues,
    parts: partsOf(cues, chapters),
    current: spoken?.isSpoken ? spoken.cue.number : null,
    previous: index > 0 ? enterAt(around, starts[index - 1] ?? 1) : null,
    next: end === Infinity ? null : enterAt(around, end),
  }
}

/** A time at which a line is spoken that no line before a number is begun with: of two that begin together, a time leads to the first. */
function enterAt(around: readonly NumberedCue[], number: number): number | null {
  const before = around.findLast((cue) => cue.number < number)
  const after = around.filter((cue) => cue.number >= number)
  return (after.find(({ startsAt }) => startsAt !== before?.startsAt) ?? after[0])?.startsAt ?? null
}

function partsOf(cues: readonly NumberedCue[], chapters: readonly Chapter[]): Stretch['parts'] {
  const parts: { chapter: Chapter | null; cues: NumberedCue[] }[] = []
  for (const cue of cues) {
    const chapter = chapterAt(chapters, cue.startsAt)
    const current = parts.at(-1)
    if (current && current.chapter === chapter) current.cues.push(cue)
    else parts.push({ chapter, cues: [cue] })
  }
  return parts
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
  const cues = folded === '' ? [] : await listCuesWith(recordings, track, { part, folded, limit: MOST_FOUND + 1 })
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
  /** Its place among those of the session, from 0. */
  readonly place: number
  readonly media: Track | null
  readonly stretch: Stretch | null
  readonly chapters: readonly Chapter[]
  /** Milliseconds. */
  readonly second: number | null
  /** Milliseconds, after the second; null when no span is asked for. */
  readonly end: number | null
  readonly found: FoundLines | null
  /** Who is meant by the names in the transcript. */
  readonly speakers: ReadonlyMap<string, NamedSpeaker>
  /** What plays here although it is elsewhere, as the reader wished. */
  readonly outside: Track | null
}

/** A recording as a page shows it: what plays, and the stretch of the transcript. */
export async function showRecording(
  deps: RecordingDeps,
  reader: Reader,
  recording: Recording,
  asked: Asked,
  planned: Planned,
  place: number,
): Promise<ShownRecording> {
  const { chain } = reader
  const captions = chooseCaptions(recording, chain, asked.text)
  const { part } = recording
  // A second of another session is none of this one.
  const second = asked.second !== null && (part === null || isWithin(asked.second, part)) ? asked.second : null
  const end = second === null ? null : asked.end
  const { find } = asked
  const chapters = await readChapters(deps.recordings, recording, captions, planned)
  const [stretch, found, speakers] = await Promise.all([
    captions && readStretch(deps, part, captions, chapters, second),
    captions && find !== undefined ? findLines(deps, part, captions, find) : null,
    captions ? readSpeakers(deps, reader, captions.id) : new Map<string, NamedSpeaker>(),
  ])
  const outside = recording.tracks.find(({ id, isElsewhere }) => isElsewhere && id === asked.outside) ?? null
  const media = chooseMedia(recording, chain, asked.play)
  return { recording, place, media, stretch, chapters, second, end, found, speakers, outside }
}
