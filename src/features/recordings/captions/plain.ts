import { cleanText } from '#platform/text/index.ts'
import { hasArrow, readTiming } from './timing.ts'

// oxlint-disable-next-line no-control-regex -- old files part lines so
const lineEnds = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g

// oxlint-disable-next-line no-control-regex -- what is taken out or changed below, and pairs of characters
const unusual = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/

/** Words as a cue can hold them: lines end in \n; no control characters, byte order marks, halves of characters or marks that turn the direction of what follows. */
export function plainText(text: string): string {
  if (!unusual.test(text)) return text
  const whole = text.toWellFormed().replace(lineEnds, '\n').replaceAll('\uFEFF', '')
  return cleanText(whole)
}

/** A speaker's name as a cue can hold it: one line, single blanks; null when nothing is left of it. */
export function plainName(name: string): string | null {
  return plainText(name).replace(/\s/g, ' ').split(' ').filter(Boolean).join(' ') || null
}

/**
 * A cue identifier as WebVTT allows it: one line, which is neither times nor the head of a block. Null for one that is only a number:
 * numbers are given anew whenever cues are added or removed.
 */
export function plainIdentifier(identifier: string): string | null {
  const line = plainText(identifier).replaceAll('\n', ' ').trim()
  if (line === '' || /^\p{Nd}+$/u.test(line) || hasArrow(line) || readTiming(line)) return null
  return /^(?:NOTE|STYLE|REGION|WEBVTT)(?:\s|$)/.test(line) ? null : line
}

const percent = String.raw`\d{1,3}(?:\.\d{1,9})?%`
const knownSettings: Readonly<Record<string, RegExp>> = {
  vertical: /^(?:rl|lr)$/,
  line: new RegExp(String.raw`^(?:-?\d{1,4}(?:\.\d{1,9})?|${percent})(?:,(?:start|center|end))?$`),
  position: new RegExp(String.raw`^${percent}(?:,(?:line-left|center|line-right))?$`),
  size: new RegExp(`^${percent}$`),
  align: /^(?:start|center|middle|end|left|right)$/,
  region: /^[^\s>:-][^\s>:]{0,99}$/,
}

/** Whether one setting (`align:start`) is as WebVTT has it (or had it: `align:middle`). */
export function isSetting(token: string): boolean {
  const colon = token.indexOf(':')
  const known = knownSettings[token.slice(0, colon)]
  return (
    known !== undefined && Object.hasOwn(knownSettings, token.slice(0, colon)) && known.test(token.slice(colon + 1))
  )
}

/** The settings of a cue that are as WebVTT has them; null when none is. */
export function plainSettings(settings: string): string | null {
  return settings.split(/\s/).filter(isSetting).join(' ') || null
}
