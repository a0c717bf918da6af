export {
  CaptionsUnreadable,
  type CaptionFormat,
  type CaptionProblem,
  type CaptionProblemName,
  type Cue,
  type InsteadOfCaptions,
  type ReadCaptions,
} from './cue.ts'
export { guessCaptionLang } from './language.ts'
export { matchSpeakers, type Candidate } from './match-speakers.ts'
export { cueAt, sliceCues, slideMarks, type SlideMark } from './navigate.ts'
export type { TranscriptPaper } from './paper.ts'
export { paragraphsOf, type Paragraph } from './paragraphs.ts'
export { plainIdentifier, plainName, plainSettings, plainText } from './plain.ts'
export { readCaptions, type ReadCaptionsOptions } from './read.ts'
export { writeSrt, writeText } from './write-text.ts'
export { writeVtt } from './write-vtt.ts'
