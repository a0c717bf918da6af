import { types, type CustomTypesConfig } from 'pg'

/** Type numbers of PostgreSQL (pg_type.oid). */
const INT8 = 20
const INT8_ARRAY = 1016
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the driver's list of type numbers leaves arrays out, its parsers do not
const TEXT_ARRAY = 1009 as number as Parameters<typeof types.getTypeParser>[0]
const DATE = 1082
const DATE_ARRAY = 1182
const TIMESTAMP = 1114
const TIMESTAMPTZ = 1184
const TIMESTAMPTZ_ARRAY = 1185

/** A `timestamptz` as a UTC ISO string with milliseconds; `infinity` and years out of JavaScript's range stay as they are. */
function parseInstant(text: string): string {
  // "2021-12-01 09:00:00.5+00" → "2021-12-01T09:00:00.5+00:00": the ISO form, whatever zone the server speaks in.
  const iso = text
    .replace(' ', 'T')
    .replace(/([+-]\d\d)(\d\d)?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`)
  const instant = new Date(iso)
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString()
}

/** An `int8` as a number as long as that is exact, else as its digits. */
function parseInteger(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

const asText = (text: string): string => text

function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  const readTexts: (text: string) => (string | null)[] = types.getTypeParser(TEXT_ARRAY)
  return (text) => readTexts(text).map((entry) => (entry === null ? null : parse(entry)))
}

type Parser = (text: string) => unknown

const parsers = new Map<number, Parser>([
  [INT8, parseInteger],
  [INT8_ARRAY, arrayOf(parseInteger)],
  [DATE, asText],
  [DATE_ARRAY, arrayOf(asText)],
  [TIMESTAMP, asText],
  [TIMESTAMPTZ, parseInstant],
  [TIMESTAMPTZ_ARRAY, arrayOf(parseInstant)],
])

/** How values come out: instants and days are strings, never `Date`, which would shift a day by the zone. */
export const typeParsers: CustomTypesConfig = {
  getTypeParser: (id, format): Parser =>
    (format === 'binary' ? undefined : parsers.get(id)) ?? types.getTypeParser(id, format),
}
