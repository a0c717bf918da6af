import type { Cue } from './cue.ts'
import { plainText } from './plain.ts'

/** What one speaker says without a pause: cues made for the screen, put together for reading. */
export interface Paragraph {
  readonly startsAt: number
  readonly endsAt: number
  readonly speaker: string | null
  /** One line. */
  readonly text: string
}

const longestPause = 3000
const enough = 600
const most = 1500

/** Scripts that write words without blanks between them. */
const isUnspaced = (character: string) =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}，。！？、]/u.test(character)

function joined(before: string, after: string): string {
  return isUnspaced(before.slice(-1)) && isUnspaced(after.slice(0, 1)) ? `${before}${after}` : `${before} ${after}`
}

const endsSentence = (text: string) => /[.!?…。！？؟][)»”"'’]?$/u.test(text)

/** Cues as paragraphs: a new one with each speaker, after three seconds of silence, at a slide mark, and at the end of a sentence once it is long. */
export function paragraphsOf(cues: readonly Cue[]): Paragraph[] {
  const paragraphs: { startsAt: number; endsAt: number; speaker: string | null; parts: string[]; length: number }[] = []
  let tail = ''
  for (const cue of cues) {
    const text = plainText(cue.text).split(/\s/).filter(Boolean).join(' ')
    const last = paragraphs.at(-1)
    const isLong = last !== undefined && (last.length > most || (last.length > enough && endsSentence(tail)))
    if (
      !last ||
      isLong ||
      last.speaker !== cue.speaker ||
      cue.identifier !== null ||
      cue.startsAt - last.endsAt > longestPause
    )
      paragraphs.push({
        startsAt: cue.startsAt,
        endsAt: cue.endsAt,
        speaker: cue.speaker,
        parts: [text],
        length: text.length,
      })
    else {
      last.parts.push(text)
      last.length += text.length
      last.endsAt = Math.max(last.endsAt, cue.endsAt)
    }
    tail = text
  }
  return paragraphs.map(({ parts, startsAt, endsAt, speaker }) => ({
    startsAt,
    endsAt,
    speaker,
    text: parts.reduce(joined),
  }))
}
