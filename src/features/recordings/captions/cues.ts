import type { Draft } from './blocks.ts'
import type { CaptionFormat, Cue } from './cue.ts'
import { readPayload, wordsOf, type Piece } from './payload.ts'
import { plainName } from './plain.ts'
import type { Problems } from './problems.ts'
import { partBySpeaker, tellSpeakers } from './speakers.ts'

interface Found {
  readonly draft: Draft
  readonly pieces: readonly Piece[]
}

/** The cues of a file from how they stand in it: voices, ends, order; tells what was wrong with them. */
export function makeCues(
  drafts: readonly Draft[],
  format: CaptionFormat,
  durationMs: number | null,
  problems: Problems,
): Cue[] {
  const found = drafts.map((draft): Found => ({ draft, pieces: piecesOf(draft, format) }))
  const spoken = partSpeakers(found, format).filter(({ draft, pieces }) => {
    if (pieces.length === 0) problems.tell(draft.line, 'emptyCue', draft.identifier ?? '')
    return pieces.length > 0
  })
  const sorted = inOrder(spoken, problems)
  setEnds(sorted, format, durationMs, problems)
  tellOverlaps(sorted, problems)
  if (durationMs !== null) tellBeyond(sorted, durationMs, problems)
  return sorted.flatMap(cuesOf)
}

function piecesOf(draft: Draft, format: CaptionFormat): Piece[] {
  const lines = format === 'sbv' ? draft.lines.flatMap((line) => line.split('[br]')) : draft.lines
  if (format === 'text') {
    const words = lines.flatMap((line) => line.trim() || [])
    return words.length > 0 ? [{ speaker: draft.speaker, lines: words }] : []
  }
  const pieces = readPayload(lines, format !== 'vtt').filter((piece) => wordsOf(piece.lines).trim() !== '')
  return draft.speaker === null
    ? pieces
    : pieces.map((piece) => ({ ...piece, speaker: piece.speaker ?? draft.speaker }))
}

/** Names before a colon are looked at only in a file that has no voices of its own. */
function partSpeakers(found: readonly Found[], format: CaptionFormat): readonly Found[] {
  if (found.some(({ pieces }) => pieces.some(({ speaker }) => speaker !== null))) return found
  const looked = found.flatMap(({ pieces }) =>
    pieces.flatMap(({ lines }) => (format === 'text' ? lines : lines.slice(0, 1))),
  )
  const speakers = tellSpeakers(looked)
  if (speakers.size === 0) return found
  return found.map(({ draft, pieces }) => {
    const parts = pieces.flatMap((piece) => partBySpeaker(piece, speakers))
    return { draft, pieces: parts.filter((piece) => wordsOf(piece.lines).trim() !== '') }
  })
}

function inOrder(found: readonly Found[], problems: Problems): readonly Found[] {
  const late = found.find(({ draft }, index) => draft.startsAt < (found[index - 1]?.draft.startsAt ?? 0))
  if (!late) return found
  problems.tell(late.draft.line, 'unordered', wordsOf(late.pieces[0]?.lines ?? []))
  return found.toSorted((one, other) => one.draft.startsAt - other.draft.startsAt)
}

/** Whole milliseconds somebody takes to read a text: a second, and a quarter of one for every four characters. */
const readingTime = (text: string) => 1000 + Math.ceil(text.length / 4) * 250

/** A cue without an end, or with one before its start, lasts until the next one begins; the last one as long as it takes to read. */
function setEnds(sorted: readonly Found[], format: CaptionFormat, durationMs: number | null, problems: Problems): void {
  let next: number | null = null
  let later: number | null = null
  for (const { draft, pieces } of sorted.toReversed()) {
    if (next !== null && next > draft.startsAt) later = next
    next = draft.startsAt
    if (draft.endsAt !== null && draft.endsAt >= draft.startsAt) continue
    const text = pieces.map(({ lines }) => wordsOf(lines)).join('\n')
    // Transcripts give starts alone: nothing is wrong with that.
    if (draft.endsAt !== null) problems.tell(draft.line, 'endsBeforeStart', text)
    else if (format !== 'text') problems.tell(draft.line, 'noEnd', text)
    const read = draft.startsAt + readingTime(text)
    const last = durationMs === null ? read : Math.max(draft.startsAt, Math.min(read, durationMs))
    draft.endsAt = later ?? last
  }
}

/** Two that begin and end together are two voices. */
function tellOverlaps(sorted: readonly Found[], problems: Problems): void {
  let longest: Draft | null = null
  for (const { draft, pieces } of sorted) {
    const end: number = longest?.endsAt ?? 0
    const isTwin = longest?.startsAt === draft.startsAt && end === draft.endsAt
    if (longest && draft.startsAt < end && !isTwin)
      problems.tell(draft.line, 'overlap', wordsOf(pieces[0]?.lines ?? []))
    if (!longest || (draft.endsAt ?? 0) > end) longest = draft
  }
}

const tolerance = 2000

/** Files are cut and headers rounded: two seconds more are nothing to tell of. */
function tellBeyond(sorted: readonly Found[], durationMs: number, problems: Problems): void {
  for (const { draft, pieces } of sorted) {
    if (draft.startsAt < durationMs && (draft.endsAt ?? 0) <= durationMs + tolerance) continue
    problems.tell(draft.line, 'beyondRecording', wordsOf(pieces[0]?.lines ?? []))
  }
}

function cuesOf({ draft, pieces }: Found): Cue[] {
  const { startsAt, endsAt, identifier, settings } = draft
  return pieces.map(({ speaker, lines }, index) => ({
    startsAt,
    endsAt: endsAt ?? startsAt,
    identifier: index === 0 ? identifier : null,
    settings,
    speaker: speaker === null ? null : plainName(speaker),
    text: wordsOf(lines),
  }))
}
