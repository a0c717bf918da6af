import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { readBlocks, type BlockContext, type Draft } from './blocks.ts'
import { CaptionsUnreadable, type CaptionFormat, type ReadCaptions } from './cue.ts'
import { makeCues } from './cues.ts'
import { decodeCaptions } from './decode.ts'
import { plainText } from './plain.ts'
import { Problems } from './problems.ts'
import { guessFrames, readTiming } from './timing.ts'
import { takeNamesAbove } from './speakers-above.ts'
import { readTranscript } from './transcript.ts'

export interface ReadCaptionsOptions {
  /** Default 32 MB: some 400,000 cues. */
  readonly maxBytes?: number
  /** Of the recording, where it is known: cues behind its end are told of. */
  readonly durationMs?: number | null
}

const lineEnd = /\r\n|[\n\r\u2028\u2029]/

/**
 * Reads captions (WebVTT, SRT, SBV) or a transcript with times, in whatever shape they come: what is wrong is mended or left out, and told with its line.
 * Throws `CaptionsUnreadable` when there is nothing timed in the file. Takes time in proportion to the file's length.
 */
export function readCaptions(bytes: Uint8Array, options: ReadCaptionsOptions = {}): ReadCaptions {
  const { maxBytes = 32 * 1024 * 1024, durationMs = null } = options
  if (bytes.length > maxBytes) throw new CaptionsUnreadable('tooLarge')
  const problems = new Problems()
  const notes: string[] = []
  const { text, encoding } = decodeCaptions(bytes, problems)
  const lines = text.split(lineEnd)
  const frames = guessFrames(text)
  const head = lines.findIndex((line) => line.trim() !== '')
  if (head < 0) throw new CaptionsUnreadable('empty')
  const format = tellFormat(lines, head, frames)
  const header = readHeader(lines, head, format, problems, notes)
  const drafts = readDrafts(lines, header.end, { format, frames, problems, notes })
  if (drafts.length === 0)
    throw new CaptionsUnreadable(format === 'text' ? tellText(text, lines[head] ?? '') : 'noCues')
  const named = header.isMissing ? takeNamesAbove(drafts) : drafts
  const cues = makeCues(named, format, durationMs, problems)
  if (cues.length === 0) throw new CaptionsUnreadable('noCues')
  return {
    format,
    encoding,
    declaredLang: header.lang,
    cues,
    notes: [...new Set(notes)].filter((note) => note !== '').slice(0, 100),
    problems: problems.kept(),
    problemCount: problems.count,
  }
}

function readDrafts(lines: readonly string[], from: number, context: BlockContext): Draft[] {
  if (context.format === 'text') return readTranscript(lines, context.problems, context.notes)
  return readBlocks(lines, from, context)
}

const isVttHeader = (line: string) => /^web ?vtt(?:$|[^\p{L}\p{Nd}])/iu.test(line.trim())

/** By the header; without one by the first line of times: SRT has commas in them, or numbers above. */
function tellFormat(lines: readonly string[], head: number, frames: number): CaptionFormat {
  if (isVttHeader(lines[head] ?? '')) return 'vtt'
  for (let at = head; at < lines.length; at += 1) {
    const timing = readTiming(lines[at] ?? '', frames)
    if (!timing) continue
    if (timing.isSbv) return 'sbv'
    const isNumbered = /^\p{Nd}+$/u.test((lines[at - 1] ?? '').trim())
    return timing.mark === ',' || (timing.mark === null && isNumbered) ? 'srt' : 'vtt'
  }
  return 'text'
}

interface Header {
  /** The index of the first line behind it. */
  readonly end: number
  readonly lang: string | null
  /** It should be there. */
  readonly isMissing: boolean
}

/** The lines under `WEBVTT` up to a blank one or times: `Language: fr` names the language, other words are kept as a note. */
function readHeader(
  lines: readonly string[],
  head: number,
  format: CaptionFormat,
  problems: Problems,
  notes: string[],
): Header {
  if (format !== 'vtt') return { end: head, lang: null, isMissing: false }
  const first = (lines[head] ?? '').trim()
  if (!isVttHeader(first)) {
    problems.tell(head + 1, 'noHeader', first)
    return { end: head, lang: null, isMissing: true }
  }
  if (!first.startsWith('WEBVTT')) problems.tell(head + 1, 'noHeader', first)
  const title = first.replace(/^web ?vtt[\s:–—-]*(?:file$)?/i, '').trim()
  if (title !== '') notes.push(plainText(title))
  let end = head + 1
  let lang: string | null = null
  for (; end < lines.length; end += 1) {
    const line = (lines[end] ?? '').trim()
    if (line === '' || readTiming(line)) break
    const named = /^language\s{0,4}[:=]\s{0,4}([A-Za-z0-9_-]{2,35})$/i.exec(line)?.[1]
    if (named !== undefined) lang = canonicalLanguageTag(named.replaceAll('_', '-'))
  }
  // Without a blank line, the line above the first times is the identifier of the cue.
  const isRunOn = end < lines.length && (lines[end] ?? '').trim() !== '' && end > head + 1
  return { end: isRunOn && !(lines[end - 1] ?? '').includes(':') ? end - 1 : end, lang, isMissing: false }
}

/** What a text without times is. */
function tellText(text: string, head: string): 'markup' | 'otherCaptions' | 'noTimes' {
  const start = text.slice(0, 4096)
  if (/<tt[\s:>]|<sami[\s>]|\[script info\]|^\{\d+\}\{\d+\}/im.test(start)) return 'otherCaptions'
  return /^\s*(?:<[!?A-Za-z]|[{[]\s*["{[])/.test(head) ? 'markup' : 'noTimes'
}
