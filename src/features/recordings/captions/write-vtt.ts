import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import type { Cue } from './cue.ts'
import { plainIdentifier, plainName, plainSettings, plainText } from './plain.ts'
import { prefixOf } from './speakers.ts'
import { readTiming } from './timing.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `01:02:03.456`, the hours with at least two digits. */
export function timestamp(ms: number, mark: '.' | ','): string {
  const whole = Math.max(0, Math.round(ms))
  const seconds = Math.floor(whole / 1000)
  const hours = Math.floor(seconds / 3600)
  return `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${mark}${String(whole % 1000).padStart(3, '0')}`
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A line that comes back as it is: an empty span stands where it would be trimmed, passed over, or read as times or as a name (see `guard`). */
export function guardLine(line: string, escaped: string, span: string, isPrefixed: boolean): string {
  const isRead = line === '' || line !== line.trimStart() || readTiming(line) !== null || readTiming(escaped) !== null
  const before = isRead || (isPrefixed && prefixOf(line) !== null) ? span : ''
  return `${before}${escaped}${line === line.trimEnd() ? '' : span}`
}

function payload({ speaker, text }: Cue): string {
  const name = speaker === null ? null : plainName(speaker)
  const lines = plainText(text).split('\n')
  const written = lines.map((line) => guardLine(line, escape(line), '<c></c>', true)).join('\n')
  return name === null ? written : `<v ${escape(name)}>${written}`
}

/** A cue that ends with its start is none to WebVTT and is shown by no player; it comes back all the same. */
const times = ({ startsAt, endsAt }: Cue) =>
  `${timestamp(startsAt, '.')} --> ${timestamp(Math.max(startsAt, endsAt), '.')}`

/** A note cannot hold blank lines or arrows. */
function noteBlock(note: string): string {
  const lines = plainText(note).replaceAll('-->', '->').split('\n')
  return `NOTE\n${lines.flatMap((line) => line.trim() || []).join('\n')}\n\n`
}

/**
 * WebVTT (W3C Candidate Recommendation of 2019). `readCaptions` reads from it the same cues: all that a cue can hold is escaped where WebVTT
 * would read it as its own. Identifiers and settings that WebVTT does not allow are left out.
 */
export function writeVtt(
  cues: readonly Cue[],
  { lang, note }: { readonly lang?: string | null; readonly note?: string | null } = {},
): string {
  const tag = lang ? canonicalLanguageTag(lang) : null
  const parts = [`WEBVTT\n${tag === null ? '' : `Kind: captions\nLanguage: ${tag}\n`}\n`]
  if (note && note.trim() !== '') parts.push(noteBlock(note))
  for (const cue of cues) {
    const identifier = cue.identifier === null ? null : plainIdentifier(cue.identifier)
    const settings = cue.settings === null ? null : plainSettings(cue.settings)
    parts.push(identifier === null ? '' : `${identifier}\n`, times(cue))
    parts.push(settings === null ? '\n' : ` ${settings}\n`, payload(cue), '\n\n')
  }
  return parts.join('')
}
