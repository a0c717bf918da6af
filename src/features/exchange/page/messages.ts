import { quote } from './fold.ts'
import type { Unsure } from './types.ts'

type Line = number | null
const note = (what: string, why: string, line: Line): Unsure => ({ what, why, line })

/** Every English sentence about reading a page, in one place. */
export const say = {
  encodingGuessed: (encoding: string, line: Line) =>
    note('encoding', `The file is not UTF-8; it was read as ${encoding}. Check the accented letters.`, line),
  encodingNoMark: (encoding: string) =>
    note('encoding', `The file has no byte order mark; its zero bytes look like ${encoding}.`, null),
  cutCharacter: (line: Line) =>
    note('encoding', 'The file ends in the middle of a character; it may be cut off.', line),
  mended: (count: number, line: Line) =>
    note('encoding', `${count} pieces of text had been decoded twice (“Ã©” for “é”) and were mended.`, line),
  lostCharacters: (line: Line) =>
    note('encoding', 'A replacement character (�) stands here: a letter was lost before the page was saved.', line),
  longLine: (limit: number, line: Line) =>
    note(
      'text',
      `This line is very long: dates and other facts were looked for in its first ${limit} characters.`,
      line,
    ),

  tooManyLines: (limit: number, line: Line) =>
    note('text', `The page has more than ${limit} lines; from this one on it was not read.`, line),

  noTitle: (line: Line) =>
    note('title', 'The page has no title; this one was put together from its words and dates.', line),
  noTitleAtAll: () => note('title', 'The page has no title, and nothing to make one from.', null),
  titleFromSite: (title: string) =>
    note('title', `The page has no main heading; ${quote(title)} is the title that its browser window bears.`, null),

  noDate: () => note('dates', 'No date of this seminar was found.', null),
  impossibleDate: (text: string, line: Line) => note('dates', `${quote(text)} is not a day of the calendar.`, line),
  noYear: (text: string, line: Line) => note('dates', `${quote(text)} has no year.`, line),
  ambiguousDate: (text: string, taken: string | null, line: Line) =>
    note(
      'dates',
      `${quote(text)} can be read day first or month first; ${taken ? `it was read as ${taken}` : 'no date was taken'}.`,
      line,
    ),
  shortYear: (text: string, line: Line) =>
    note('dates', `${quote(text)} has a year of two digits; no date was taken.`, line),
  endBeforeStart: (text: string, line: Line) => note('dates', `${quote(text)} ends before it starts.`, line),
  yearDeduced: (text: string, start: string, line: Line) =>
    note('dates', `${quote(text)} gives one year for both ends; the start was read as ${start}.`, line),
  wrongWeekday: (text: string, day: string, line: Line) =>
    note('dates', `${quote(text)}: the weekday does not match ${day}.`, line),
  daysApart: (text: string, line: Line) =>
    note('dates', `${quote(text)}: the days do not follow each other; the first and the last were taken.`, line),
  onlyMonth: (text: string, line: Line) => note('dates', `${quote(text)} gives no day.`, line),
  onlyYear: (text: string, line: Line) => note('dates', `${quote(text)} gives only a year.`, line),
  dateInProse: (text: string, line: Line) =>
    note('dates', `There is no section for dates; ${quote(text)} was taken from the text.`, line),
  otherDate: (text: string, line: Line) =>
    note('dates', `Another date stands here and was not taken: ${quote(text)}.`, line),

  unknownTime: (text: string, line: Line) => note('time', `${quote(text)} is not a time of day.`, line),
  noZone: (line: Line) => note('time zone', 'A time is given without a time zone.', line),
  wrongSeason: (word: string, zone: string, line: Line) =>
    note('time zone', `${word} is not what clocks in ${zone} show on that day; ${zone} was taken.`, line),
  offsetOnly: (word: string, zone: string, line: Line) =>
    note('time zone', `${quote(word)} is an offset, not a place; it was read as ${zone}.`, line),

  noDaysForSessions: (line: Line) => note('sessions', 'Nothing says on which day each session takes place.', line),
  daysDisagree: (why: string, line: Line) => note('sessions', `${why}; the sessions were given no day.`, line),
  daysAgainstDates: (days: number, span: number, line: Line) =>
    note('days', `The text says ${days} days, the dates make ${span}.`, line),
  sessionCount: (announced: number, found: number, line: Line) =>
    note('sessions', `The page announces ${announced} sessions, ${found} were found.`, line),
  sessionMissing: (missing: number, line: Line) => note('sessions', `Session ${missing} is missing.`, line),
  sessionDoubled: (number: number, line: Line) => note('sessions', `Two sessions bear the number ${number}.`, line),
  sessionDisorder: (number: number, after: number, line: Line) =>
    note('sessions', `Session ${number} stands after session ${after}.`, line),
  sessionNoTitle: (number: number, line: Line) => note('sessions', `Session ${number} has no title.`, line),
  sessionLongTitle: (number: number, line: Line) =>
    note('sessions', `Session ${number} has no clear title; its first words were taken.`, line),
  listAsSessions: (line: Line) =>
    note('sessions', 'Nothing calls this numbered list sessions; it was taken for them by its place.', line),
  listNotSessions: (line: Line) =>
    note('sessions', 'A second numbered list stands here; it was not taken for sessions.', line),
  sessionOutside: (number: number, day: string, line: Line) =>
    note(
      'sessions',
      `Session ${number} is dated ${day}, which is not a day of the seminar; it was given no day.`,
      line,
    ),

  seriesDeduced: (number: number, last: number, planned: number, line: Line) =>
    note(
      'series',
      `The page does not say its place in the series: ${number} of ${planned} was deduced, since it tells of ${last} before it.`,
      line,
    ),
  seriesUnclear: (line: Line) => note('series', 'Several places in the series could be meant; none was taken.', line),
  seriesBeyond: (number: number, planned: number, line: Line) =>
    note('series', `Number ${number} does not fit a series of ${planned}.`, line),

  twoWords: (what: string, words: string, taken: string, line: Line) =>
    note(what, `The page uses ${words}; ${quote(taken)} was taken.`, line),
  bothModes: (line: Line) =>
    note('mode', 'The page speaks of meeting online and in person, but not of both at once.', line),

  claimedLanguages: (told: string, html: string) =>
    note('language', `The page itself claims “${html}”, the import was told “${told}”.`, null),
  otherLanguage: (claimed: string, detected: string) =>
    note('language', `The page claims “${claimed}”, its text reads as “${detected}”.`, null),
  sectionLanguage: (heading: string, lang: string, page: string, line: Line) =>
    note('language', `The section ${quote(heading)} reads as “${lang}”, the rest of the page as “${page}”.`, line),

  emptySection: (heading: string, line: Line) => note('sections', `The section ${quote(heading)} is empty.`, line),
  sharedHeading: (heading: string, taken: string, line: Line) =>
    note('sections', `The heading ${quote(heading)} names several sections; the text was placed in ${taken}.`, line),
  repeatedHeading: (heading: string, line: Line) =>
    note('sections', `The section ${quote(heading)} comes a second time; both were joined.`, line),
  unsafeLink: (label: string, line: Line) => note('links', `The link of ${quote(label)} is not a web address.`, line),
  relativeLink: (label: string, line: Line) =>
    note('links', `The link of ${quote(label)} is relative to a site that the page does not name.`, line),
} satisfies Record<string, (...values: never[]) => Unsure>

/** Why a page is not taken for a seminar. */
export const notASeminar =
  'This does not look like the page of a seminar: no section with its dates, no sessions, and no heading such as “Objectives”, “Format” or “Agenda” beside the word seminar, webinar, workshop or training.'
