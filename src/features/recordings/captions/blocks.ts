import type { CaptionFormat } from './cue.ts'
import { isSetting, plainIdentifier, plainText } from './plain.ts'
import type { Problems } from './problems.ts'
import { hasArrow, readBrokenTiming, readTiming, type Timing } from './timing.ts'

/** A cue as it stands in the file. */
export interface Draft {
  readonly line: number
  startsAt: number
  endsAt: number | null
  readonly identifier: string | null
  readonly settings: string | null
  /** Named outside the words (transcripts). */
  readonly speaker: string | null
  readonly lines: string[]
}

export interface BlockContext {
  readonly format: CaptionFormat
  readonly frames: number
  readonly problems: Problems
  readonly notes: string[]
}

/** `4`, `slide-4`, `8f0e7c1a-…/12-0`: what stands over times and is no sentence. */
const isIdentifierLike = (line: string) => /^[^\s]{1,120}$/.test(line) && /\p{Nd}/u.test(line)
const isNumber = (line: string) => /^[#(]?\p{Nd}{1,9}[.):]?$/u.test(line)

/** Reads WebVTT, SRT and SBV from line `from` on: blocks of lines, in each of which times begin a cue. */
export function readBlocks(lines: readonly string[], from: number, context: BlockContext): Draft[] {
  const reader = new BlockReader(lines, context)
  let at = from
  while (at < lines.length) {
    if ((lines[at] ?? '').trim() === '') {
      at += 1
      continue
    }
    let end = at + 1
    while (end < lines.length && (lines[end] ?? '').trim() !== '') end += 1
    reader.readBlock(at, end)
    at = end
  }
  reader.finish()
  return reader.drafts
}

class BlockReader {
  readonly drafts: Draft[] = []
  private readonly lines: readonly string[]
  private readonly context: BlockContext
  /** A line by itself that may be the identifier of a block below. */
  private waiting: { line: number; text: string } | null = null

  constructor(lines: readonly string[], context: BlockContext) {
    this.lines = lines
    this.context = context
  }

  readBlock(from: number, to: number): void {
    const at = this.context.format === 'vtt' ? this.skipOther(from, to) : from
    if (at >= to) return
    let start = at
    let isFirst = true
    for (let index = at; index < to; index += 1) {
      const timing = this.timingAt(index, isFirst && index <= at + 1)
      if (!timing) continue
      this.addCue(start, index, timing, isFirst)
      if (!isFirst) this.context.problems.tell(index + 1, 'noBlankLine', this.line(index))
      isFirst = false
      start = index + 1
    }
    if (isFirst) this.addLoose(at, to)
    else this.addTo(this.lines.slice(start, to))
  }

  finish(): void {
    if (this.waiting) this.addStray(this.waiting.line, [this.waiting.text])
    this.waiting = null
  }

  private line(index: number): string {
    return (this.lines[index] ?? '').trim()
  }

  /** Times; at the head of a block also those that cannot be read, or not all. */
  private timingAt(index: number, isHead: boolean): Timing | null {
    const line = this.line(index)
    const timing = readTiming(line, this.context.frames)
    if (timing || !isHead || !hasArrow(line)) return timing
    const broken = readBrokenTiming(line, this.context.frames)
    return broken?.endsAt === null ? null : broken
  }

  /** Passes over NOTE, STYLE and REGION up to where times begin. */
  private skipOther(from: number, to: number): number {
    const head = this.line(from)
    const kind = /^(NOTE|STYLE|REGION)(?:\s|$)/.exec(head)?.[1]
    if (kind === undefined || (kind !== 'NOTE' && head !== kind)) return from
    let end = from + 1
    while (end < to && !hasArrow(this.line(end))) end += 1
    if (kind === 'NOTE') {
      const text = [head.slice(4), ...this.lines.slice(from + 1, end)].map((line) => line.trim()).join('\n')
      this.context.notes.push(plainText(text).trim())
    } else this.context.problems.tell(from + 1, 'styleLeftOut', head)
    return end
  }

  /** A cue whose times stand at `index`; what stands above them from `start` on is its identifier, or words of the cue before. */
  private addCue(start: number, index: number, timing: Timing, isHead: boolean): void {
    const above = index > start ? this.line(index - 1) : null
    const isIdentifier =
      above !== null && (isIdentifierLike(above) || (isHead && index === start + 1 && this.context.format === 'vtt'))
    const words = this.lines.slice(start, isIdentifier ? index - 1 : index)
    if (isHead) this.addStray(start + 1, this.takeWaiting(index > start, words))
    else this.addTo(words)
    const identifier = isIdentifier ? above : (this.waiting?.text ?? null)
    this.waiting = null
    const { settings, text } = this.readRest(timing.rest, index)
    this.drafts.push({
      line: index + 1,
      startsAt: this.startOf(timing, index),
      endsAt: timing.endsAt,
      identifier: identifier === null || isNumber(identifier) ? null : plainIdentifier(identifier),
      settings,
      speaker: null,
      lines: text === '' ? [] : [text],
    })
  }

  /** What waited is an identifier only when times follow at once. */
  private takeWaiting(isOwn: boolean, words: string[]): string[] {
    if (!this.waiting || !isOwn) return words
    const { text } = this.waiting
    this.waiting = null
    return isNumber(text) ? words : [text, ...words]
  }

  private startOf(timing: Timing, index: number): number {
    const { problems } = this.context
    if (timing.isOdd) problems.tell(index + 1, 'oddTime', this.line(index))
    if (timing.startsAt !== null) return timing.startsAt
    problems.tell(index + 1, 'badTime', this.line(index))
    const before = this.drafts.at(-1)
    return Math.min(before?.endsAt ?? before?.startsAt ?? 0, timing.endsAt ?? Number.MAX_SAFE_INTEGER)
  }

  /** What follows the times on their line: settings, SRT's coordinates, or words. */
  private readRest(rest: string, index: number): { settings: string | null; text: string } {
    if (rest === '') return { settings: null, text: '' }
    const tokens = rest.split(/\s/).filter(Boolean)
    const isWords = tokens.some((token) => !/^[A-Za-z]\w{0,11}:/.test(token)) && !isSetting(tokens[0] ?? '')
    if (isWords && !/^\S{0,4}\p{Nd}\S{0,8}[:.,]/u.test(rest)) return { settings: null, text: rest }
    const settings = tokens.filter(isSetting)
    if (settings.length < tokens.length && !/^[XY][12]:/i.test(rest))
      this.context.problems.tell(index + 1, 'badSettings', rest)
    return { settings: settings.join(' ') || null, text: '' }
  }

  private addTo(words: readonly string[]): void {
    const last = this.drafts.at(-1)
    for (const word of words) last?.lines.push(word)
  }

  /** A block without times. */
  private addLoose(from: number, to: number): void {
    this.finish()
    if (to === from + 1 && isIdentifierLike(this.line(from)) && !hasArrow(this.line(from))) {
      this.waiting = { line: from + 1, text: this.line(from) }
      return
    }
    const bad = this.lines
      .slice(from, Math.min(to, from + 2))
      .findIndex((line) => hasArrow(line) && /\p{Nd}/u.test(line))
    if (bad >= 0) {
      this.context.problems.tell(from + bad + 1, 'badTime', this.line(from + bad))
      this.addStray(from + bad + 2, this.lines.slice(from + bad + 1, to))
    } else this.addStray(from + 1, this.lines.slice(from, to))
  }

  /** Words that no times stand over: those of the cue before, when a blank line stands within it. */
  private addStray(line: number, words: readonly string[]): void {
    const [first] = words
    if (first === undefined || (words.length === 1 && isNumber(first.trim()))) return
    const last = this.drafts.at(-1)
    if (!last || last.lines.length > 0) this.context.problems.tell(line, 'textOutsideCue', first)
    this.addTo(words)
  }
}
