import { describe, expect, test } from 'vitest'
import { readPage } from './index.ts'

/** What a page says whose section for dates holds these words. */
function read(dates: string, extra = '') {
  const page = readPage({
    text: `Seminar on links\n\nDates\n\n${dates}\n\nObjectives\n\nTo compare.\n${extra}`,
    format: 'text',
  })
  if (!page.ok) return null
  const { startsOn, endsOn, datePrecision, startTime, timeZone } = page.seminar
  const why = page.unsure
    .filter((note) => note.what === 'dates' || note.what.startsWith('time'))
    .map((note) => note.why)
  return { startsOn, endsOn, datePrecision, startTime, timeZone, why }
}
const day = (startsOn: string | null, endsOn = startsOn, why: string[] = []) => ({
  startsOn,
  endsOn,
  datePrecision: startsOn ? 'day' : null,
  startTime: null,
  timeZone: null,
  why,
})

describe('dates as people write them', () => {
  test.each([
    ['Du 1er au 2 décembre 2021', '2021-12-01', '2021-12-02'],
    ['DU 1ER AU 2 DECEMBRE 2021', '2021-12-01', '2021-12-02'],
    ['du mercredi 1er au jeudi 2 décembre 2021', '2021-12-01', '2021-12-02'],
    ['1, 2 et 3 décembre 2021', '2021-12-01', '2021-12-03'],
    ['24 - 25 Mai 2022', '2022-05-24', '2022-05-25'],
    ['24–25 mai 2022', '2022-05-24', '2022-05-25'],
    ['1 - 2 December 2021', '2021-12-01', '2021-12-02'],
    ['1st and 2nd of December 2021', '2021-12-01', '2021-12-02'],
    ['December 1-2, 2021', '2021-12-01', '2021-12-02'],
    ['Thursday, December 8, 2022', '2022-12-08', '2022-12-08'],
    ['30 November – 2 December 2021', '2021-11-30', '2021-12-02'],
    ['November 30 – December 2, 2021', '2021-11-30', '2021-12-02'],
    ['31 December 2021 - 1 January 2022', '2021-12-31', '2022-01-01'],
    ['1–2 Dec. 2021', '2021-12-01', '2021-12-02'],
    ['del 24 al 25 de mayo de 2022', '2022-05-24', '2022-05-25'],
    ['miércoles 1 y jueves 2 de diciembre de 2021', '2021-12-01', '2021-12-02'],
    ['24 e 25 de maio de 2022', '2022-05-24', '2022-05-25'],
    ['quinta-feira, 8 de dezembro de 2022', '2022-12-08', '2022-12-08'],
    ['De 1 a 2 de dezembro de 2021', '2021-12-01', '2021-12-02'],
    ['من 1 إلى 2 ديسمبر 2021', '2021-12-01', '2021-12-02'],
    ['٨ ديسمبر ٢٠٢٢', '2022-12-08', '2022-12-08'],
    ['2021-12-01', '2021-12-01', '2021-12-01'],
    ['2022-05-24 to 2022-05-25', '2022-05-24', '2022-05-25'],
    ['24-25/05/2022', '2022-05-24', '2022-05-25'],
    ['25/12/2022', '2022-12-25', '2022-12-25'],
    ['12/25/2022', '2022-12-25', '2022-12-25'],
    ['29 February 2024', '2024-02-29', '2024-02-29'],
  ])('%s', (words, startsOn, endsOn) => {
    expect(read(words)).toEqual(day(startsOn, endsOn))
  })

  test('a month or a year alone keeps its precision, and is told', () => {
    expect(read('March 2021')).toEqual({
      ...day('2021-03-01', '2021-03-31', ['“March 2021” gives no day.']),
      datePrecision: 'month',
    })
    expect(read('2021')).toEqual({
      ...day('2021-01-01', '2021-12-31', ['“2021” gives only a year.']),
      datePrecision: 'year',
    })
  })

  test.each([
    ['le 1er décembre', '“1er décembre” has no year.'],
    ['31 février 2022', '“31 février 2022” is not a day of the calendar.'],
    ['29 February 2023', '“29 February 2023” is not a day of the calendar.'],
    ['5 - 2 December 2021', '“5 - 2 December 2021” ends before it starts.'],
    ['08/12/2022', '“08/12/2022” can be read day first or month first; no date was taken.'],
    ['08/12/22', '“08/12/22” has a year of two digits; no date was taken.'],
    ['soon', 'No date of this seminar was found.'],
  ])('%s is no date to rely on', (words, why) => {
    expect(read(words)).toEqual(day(null, null, [why]))
  })

  test('day comes first where the language always writes so, and it is said', () => {
    const text = `Dates\n08/12/2022\nObjectifs\nLe séminaire réunit les équipes qui travaillent avec les communes et leurs partenaires.`
    expect(readPage({ text })).toMatchObject({
      seminar: { startsOn: '2022-12-08' },
      unsure: [
        { what: 'title' },
        {
          what: 'dates',
          why: '“08/12/2022” can be read day first or month first; it was read as 2022-12-08.',
          line: 2,
        },
      ],
    })
  })

  test('a weekday that does not match is told', () => {
    expect(read('Friday, 8 December 2022')).toEqual(
      day('2022-12-08', '2022-12-08', ['“Friday, 8 December 2022”: the weekday does not match 2022-12-08.']),
    )
  })

  test('days that do not follow each other, and a year that had to be deduced, are told', () => {
    expect(read('1, 3 and 5 December 2021')?.why).toEqual([
      '“1, 3 and 5 December 2021”: the days do not follow each other; the first and the last were taken.',
    ])
    expect(read('30 December - 2 January 2022')).toEqual(
      day('2021-12-30', '2022-01-02', [
        '“30 December - 2 January 2022” gives one year for both ends; the start was read as 2021-12-30.',
      ]),
    )
  })

  test('another date in the text is told, not taken', () => {
    expect(read('1 - 2 December 2021', 'Teams met again on 7 March 2022 in Dakar.')).toEqual(
      day('2021-12-01', '2021-12-02', ['Another date stands here and was not taken: “7 March 2022”.']),
    )
  })

  test('without a section for dates, prose serves, and it is said', () => {
    const prose =
      'The seminar was held online on 24 and 25 May 2022 and brought together teams from three regions and their partners in the field.'
    expect(readPage({ text: `Objectives\n\nTo compare.\n\nFormat\n\n${prose}` })).toMatchObject({
      seminar: { startsOn: '2022-05-24', endsOn: '2022-05-25' },
      unsure: [
        { what: 'title' },
        { what: 'dates', why: 'There is no section for dates; “24 and 25 May 2022” was taken from the text.', line: 7 },
      ],
    })
  })

  test("the background's dates are of other seminars", () => {
    const text =
      'Objectives\nThe seminar compares.\nBackground\nThe first seminar took place in November 2018, the second on 4 March 2021.'
    expect(readPage({ text })).toMatchObject({ seminar: { startsOn: null, endsOn: null, datePrecision: null } })
  })
})

describe('times and zones', () => {
  test.each([
    ['Thursday, 8 December 2022 at 1pm CET', '13:00', 'Europe/Brussels'],
    ['8 December 2022, 13:00–15:00 CET', '13:00', 'Europe/Brussels'],
    ['8 décembre 2022 à 13h00 (heure de Bruxelles)', '13:00', 'Europe/Brussels'],
    ['8 de diciembre de 2022 a las 13:00, hora de Bruselas', '13:00', 'Europe/Brussels'],
    ['8 de dezembro de 2022 às 13h, hora de Bruxelas', '13:00', 'Europe/Brussels'],
    ['8 December 2022 at 9.30 a.m. Nairobi time', '09:30', 'Africa/Nairobi'],
    ['8 December 2022 at 12am GMT', '00:00', 'UTC'],
    ['8 July 2022 at 14:00 CEST', '14:00', 'Europe/Brussels'],
    ['8 December 2022 at 10 am EAT', '10:00', 'Africa/Nairobi'],
  ])('%s', (words, startTime, timeZone) => {
    expect(read(words)).toMatchObject({ startTime, timeZone, why: [] })
  })

  test.each([
    [
      '8 July 2022 at 13:00 CET',
      'CET is not what clocks in Europe/Brussels show on that day; Europe/Brussels was taken.',
    ],
    ['8 December 2022 at 13:00', 'A time is given without a time zone.'],
    ['8 December 2022 at 13:00 UTC+2', '“utc+2” is an offset, not a place; it was read as Etc/GMT-2.'],
    ['8 December 2022 at 27:00 CET', '“27:00” is not a time of day.'],
  ])('%s is told', (words, why) => {
    expect(read(words)?.why).toEqual([why])
  })
})
