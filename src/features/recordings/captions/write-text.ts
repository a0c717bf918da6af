import type { Cue } from './cue.ts'
import { entity } from './entities.ts'
import { paragraphsOf } from './paragraphs.ts'
import { plainName, plainText } from './plain.ts'
import { guardLine, timestamp } from './write-vtt.ts'

/** SRT has no escapes of its own, so only what would be read as markup is written as HTML has it. */
const escape = (text: string) =>
  text
    .replace(entity, (whole) => `&amp;${whole.slice(1)}`)
    .replace(/<(?=[A-Za-z/\d])/g, '&lt;')
    .replaceAll('{\\', '{<i></i>\\')

/** A name before a colon holds none itself, and nothing that ends a sentence. */
const spokenName = (speaker: string) => plainName(speaker.replace(/[:：?!;…"“”«»<>={}[\]\\/]/g, ' '))

/** SubRip. It knows neither identifiers nor settings; who speaks stands as `Name: ` before the words. */
export function writeSrt(cues: readonly Cue[]): string {
  const blocks = cues.map((cue, index) => {
    const lines = plainText(cue.text)
      .split('\n')
      .map((line, at) => guardLine(line, escape(line), '<i></i>', at > 0 || cue.speaker === null))
    const name = cue.speaker === null ? null : spokenName(cue.speaker)
    const words = `${name === null ? '' : `${name}: `}${lines.join('\n')}`
    const end = Math.max(cue.startsAt, cue.endsAt)
    return `${index + 1}\n${timestamp(cue.startsAt, ',')} --> ${timestamp(end, ',')}\n${words}\n`
  })
  return blocks.join('\n')
}

/** `1:02:03`, for people: whole seconds, hours always so that columns stand. */
export function clock(ms: number): string {
  return timestamp(Math.floor(ms / 1000) * 1000, '.').slice(0, -4)
}

const oneLine = (text: string) => plainText(text).replace(/\s/g, ' ').trim()

const nameOf = (speaker: string | null) => (speaker === null ? '' : `${speaker}: `)

/** A transcript as plain text: `[00:01:02] Name: words`, a line for each cue; without times, paragraphs with the speaker's name before them. */
export function writeText(cues: readonly Cue[], { times }: { readonly times: boolean }): string {
  if (times)
    return cues
      .map(({ startsAt, speaker, text }) => `[${clock(startsAt)}] ${nameOf(speaker)}${oneLine(text)}\n`)
      .join('')
  return paragraphsOf(cues)
    .map(({ speaker, text }) => `${nameOf(speaker)}${text}\n`)
    .join('\n')
}
