import { direction, type Direction } from '#platform/i18n/index.ts'
import type { Cue } from './cue.ts'
import { paragraphsOf } from './paragraphs.ts'
import { plainName, plainText } from './plain.ts'
import { clock } from './write-text.ts'

/** A transcript for paper: its words beside the cues, in the language of the document. */
export interface TranscriptPaper {
  readonly title: string
  /** The language of the transcript, a BCP 47 tag. */
  readonly lang: string
  readonly labels: {
    /** Lines under the title: of which recording, of which day, whether a person has checked it. */
    readonly under: readonly string[]
    /** Stands where nothing was said, as in a chapter without words. */
    readonly empty: string
  }
  /** Headings in the order of their starts. */
  readonly chapters?: readonly { readonly startsAt: number; readonly title: string }[]
}

/** One thing after another as it stands on paper. */
export type PaperPart =
  | { readonly kind: 'chapter'; readonly title: string }
  | { readonly kind: 'words'; readonly time: string; readonly speaker: string | null; readonly text: string }
  | { readonly kind: 'empty'; readonly text: string }

/** A transcript in the order in which it is printed. A paragraph belongs to the chapter in which it begins. */
export interface PaperTranscript {
  readonly title: string
  readonly lang: string
  readonly dir: Direction
  readonly under: readonly string[]
  readonly parts: readonly PaperPart[]
}

const oneLine = (text: string) => plainName(text) ?? ''

/** What `writeDocx` and `writeTranscriptPdf` print. */
export function paperTranscript(cues: readonly Cue[], paper: TranscriptPaper): PaperTranscript {
  const { title, lang, labels, chapters = [] } = paper
  const parts: PaperPart[] = []
  let at = 0
  const spans = chapters.map(({ title, startsAt }, index) => ({
    title,
    startsAt,
    endsAt: chapters[index + 1]?.startsAt,
  }))
  const first = spans[0]?.startsAt ?? Infinity
  while ((cues[at]?.startsAt ?? Infinity) < first) at += 1
  parts.push(...wordsIn(cues.slice(0, at)))
  for (const { title, endsAt = Infinity } of spans) {
    const from = at
    while (at < cues.length && (cues[at]?.startsAt ?? 0) < endsAt) at += 1
    const words = wordsIn(cues.slice(from, at))
    parts.push({ kind: 'chapter', title: oneLine(title) }, ...(words.length > 0 ? words : [emptyPart(labels.empty)]))
  }
  if (parts.length === 0) parts.push(emptyPart(labels.empty))
  return { title: oneLine(title), lang, dir: direction(lang), under: labels.under.map(oneLine), parts }
}

const emptyPart = (text: string): PaperPart => ({ kind: 'empty', text: oneLine(text) })

function wordsIn(cues: readonly Cue[]): PaperPart[] {
  return paragraphsOf(cues).map(({ startsAt, speaker, text }) => ({
    kind: 'words',
    time: clock(startsAt),
    speaker: speaker === null ? null : plainName(speaker),
    text: plainText(text),
  }))
}
