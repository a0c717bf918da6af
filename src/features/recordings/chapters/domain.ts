import type { TextValue } from '#features/records/index.ts'
import type { Mark, Span } from '../domain.ts'

/** A part of a recording, up to the next one. */
export interface Chapter extends Mark {
  /** From 1, in their order. */
  readonly number: number
  /** Milliseconds; null: to the end, which is not known. */
  readonly endsAt: number | null
}

/** What chapters can be taken from. */
export interface ChapterSources {
  /** Set at the desk. */
  readonly byHand: readonly Mark[]
  /** Parts of the agenda that fall into the recording. */
  readonly agenda: readonly Mark[]
  /** Where slides come up. */
  readonly slides: readonly Mark[]
  /** Milliseconds; null when it is not known. */
  readonly duration: number | null
}

/**
 * The chapters of a recording. Those set by hand are the chapters, be it one: somebody meant it so. Else the agenda, where at least two of its
 * parts lie in the recording: it was written for readers and has titles in their languages. Else the slides, which have only numbers and often
 * are too many. Marks out of order are sorted; of several at one time the first stays; those at the end or beyond it are left out.
 */
export function chaptersOf({ byHand, agenda, slides, duration }: ChapterSources): Chapter[] {
  const hand = inOrder(byHand, duration)
  if (hand.length > 0) return numbered(hand, duration)
  const planned = inOrder(agenda, duration)
  return numbered(planned.length > 1 ? planned : inOrder(slides, duration), duration)
}

function inOrder(marks: readonly Mark[], duration: number | null): Mark[] {
  const within = marks.filter(({ startsAt }) => duration === null || startsAt < duration)
  const sorted = within.toSorted((one, other) => one.startsAt - other.startsAt)
  return sorted.filter(({ startsAt }, index) => startsAt !== sorted[index - 1]?.startsAt)
}

function numbered(marks: readonly Mark[], duration: number | null): Chapter[] {
  return marks.map((mark, index) => ({
    ...mark,
    number: index + 1,
    endsAt: marks[index + 1]?.startsAt ?? duration,
  }))
}

/** The chapter that a time lies in; null before the first. */
export function chapterAt(chapters: readonly Chapter[], milliseconds: number): Chapter | null {
  return chapters.findLast(({ startsAt }) => startsAt <= milliseconds) ?? null
}

/** The chapters of a part of a recording: one that is under way when it begins, begins with it. */
export function chaptersWithin(chapters: readonly Chapter[], part: Span): Chapter[] {
  const inside = chapters.filter(
    ({ startsAt, endsAt }) => startsAt < part.endsAt && (endsAt === null || endsAt > part.startsAt),
  )
  return inside.map((chapter, index) => ({
    ...chapter,
    number: index + 1,
    startsAt: Math.max(chapter.startsAt, part.startsAt),
    endsAt: Math.min(chapter.endsAt ?? part.endsAt, part.endsAt),
  }))
}

/** A part of the agenda, with its instants as milliseconds of the epoch. */
export interface AgendaPart {
  readonly title: TextValue
  readonly startsAt: number | null
  readonly endsAt: number | null
}

/** Parts of the agenda by when they begin in a recording that itself begins at an instant: what was under way by then begins with it. */
export function agendaMarks(parts: readonly AgendaPart[], beginsAt: number | null): Mark[] {
  if (beginsAt === null) return []
  return parts.flatMap(({ title, startsAt, endsAt }) => {
    if (startsAt === null) return []
    const isUnderWay = startsAt < beginsAt && endsAt !== null && endsAt > beginsAt
    const at = isUnderWay ? 0 : startsAt - beginsAt
    return at < 0 ? [] : [{ startsAt: at, title, slide: null }]
  })
}

/** The chapters that are listed at once, those around one when there are more than that. */
export function chaptersAround(chapters: readonly Chapter[], current: number, most: number): readonly Chapter[] {
  const first = Math.max(0, Math.min(current - 1 - Math.floor(most / 2), chapters.length - most))
  return chapters.slice(first, first + most)
}

/**
 * The numbers of the lines at which stretches of a transcript begin: as many whole chapters as fit into `most` lines, and a longer one by itself,
 * cut. `chapterLines` are the lines that chapters begin with, in their order.
 */
export function stretchesOf(lines: number, chapterLines: readonly number[], most: number): number[] {
  const inside = chapterLines.filter((line) => line > 1 && line <= lines)
  const begins = [1, ...new Set(inside)]
  const starts: number[] = [1]
  let from = 1
  for (const [index, begin] of begins.entries()) {
    const end = begins[index + 1] ?? lines + 1
    if (end - from > most && begin > from) starts.push((from = begin))
    while (end - from > most) starts.push((from += most))
  }
  return starts
}
