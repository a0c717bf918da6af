/** One timed line of a transcript. Times are whole milliseconds from the start of the recording. */
export interface Cue {
  readonly startsAt: number
  /** Never before startsAt. A cue without an end got one: the next cue's start, or a reading time. */
  readonly endsAt: number
  /** WebVTT cue identifier (`slide-4`), one line; null when there is none or it is only a running number. */
  readonly identifier: string | null
  /** WebVTT cue settings as written (`line:0 align:start`), validated; null when none. */
  readonly settings: string | null
  /** Who speaks, as the file names them; null when it does not. */
  readonly speaker: string | null
  /** Plain text; lines are separated by \n. No markup. */
  readonly text: string
}

/**
 * What was found, and what was done about it:
 * `encodingGuessed` (the file does not name its encoding and is not UTF-8; the likeliest was taken) · `badBytes` (replaced by U+FFFD) ·
 * `controlCharacters` (left out) · `noHeader` (no `WEBVTT` line; read all the same) · `badTime` (a line of times that cannot be read: the words
 * start where the cue before ends, or stay with it) · `oddTime` (seconds over 59, a minus; taken as meant) · `noEnd` (see `Cue.endsAt`) ·
 * `endsBeforeStart` (taken as without an end) · `unordered` (sorted) · `overlap` (kept) · `emptyCue` (dropped) · `noBlankLine` (parted all the same) ·
 * `textOutsideCue` (kept with the cue before; before the first it is left out, of a transcript it becomes a note) ·
 * `badSettings` (left out) · `styleLeftOut` (a STYLE or REGION block) · `beyondRecording` (kept: probably captions for another recording).
 */
export type CaptionProblemName =
  | 'encodingGuessed'
  | 'badBytes'
  | 'controlCharacters'
  | 'noHeader'
  | 'badTime'
  | 'oddTime'
  | 'noEnd'
  | 'endsBeforeStart'
  | 'unordered'
  | 'overlap'
  | 'emptyCue'
  | 'noBlankLine'
  | 'textOutsideCue'
  | 'badSettings'
  | 'styleLeftOut'
  | 'beyondRecording'

/** Something that could not be read as it stands, with its line (from 1) and what was done about it. */
export interface CaptionProblem {
  readonly line: number
  readonly problem: CaptionProblemName
  /** What stands there, at most 80 characters. */
  readonly excerpt: string
}

/** `vtt` WebVTT · `srt` SubRip · `sbv` SubViewer as YouTube writes it · `text` a transcript with times. */
export type CaptionFormat = 'vtt' | 'srt' | 'sbv' | 'text'

export interface ReadCaptions {
  readonly format: CaptionFormat
  /** As the WHATWG Encoding Standard names it: `utf-8`, `utf-16le`, `windows-1256`. */
  readonly encoding: string
  /** The language that the file says it is in, as a BCP 47 tag. */
  readonly declaredLang: string | null
  /** In the order of their starts. */
  readonly cues: readonly Cue[]
  /** NOTE blocks, and what stands before the first time of a transcript: each once, at most 100. */
  readonly notes: readonly string[]
  /** The first of them: at most 20 of a kind and 100 in all, in the order of their lines. */
  readonly problems: readonly CaptionProblem[]
  readonly problemCount: number
}

/** What a file is that holds no captions. `noTimes`: text without times; `noCues`: times, but no words. */
export type InsteadOfCaptions =
  | 'empty'
  | 'tooLarge'
  | 'picture'
  | 'film'
  | 'sound'
  | 'pdf'
  | 'archive'
  | 'binary'
  | 'markup'
  | 'otherCaptions'
  | 'noTimes'
  | 'noCues'

/** There is nothing timed in the file; `instead` says what it is. */
export class CaptionsUnreadable extends Error {
  override name = 'CaptionsUnreadable'
  readonly instead: InsteadOfCaptions

  constructor(instead: InsteadOfCaptions) {
    super(`The file holds no captions: ${instead}.`)
    this.instead = instead
  }
}
