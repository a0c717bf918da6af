import { tellLanguage } from '#platform/text/index.ts'
import type { Cue } from './cue.ts'

const cuesOfAPart = 40

/** The language that most of the words are in, as a BCP 47 tag (Chinese of any kind is `zh`); null when there are too few or no language has the most. */
export function guessCaptionLang(cues: readonly Cue[]): string | null {
  const parts = Array.from({ length: Math.ceil(cues.length / cuesOfAPart) }, (_, at) => at * cuesOfAPart)
  return tellLanguage(parts, (at) =>
    cues
      .slice(at, at + cuesOfAPart)
      .map(({ text }) => text)
      .join(' '),
  )
}
