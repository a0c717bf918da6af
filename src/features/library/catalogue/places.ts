import { isPlaceCode, regionName } from '#platform/i18n/index.ts'

/** Names as they are compared: without case, accents, articles' apostrophes and doubled spaces. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[’'`.]/g, ' ')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()

/** Names of the United Nations' lists that CLDR calls otherwise. */
const others: Readonly<Record<string, string>> = {
  'Bolivia, Plurinational State of': 'BO',
  'Congo, Democratic Republic of the': 'CD',
  'Congo, The Democratic Republic of the': 'CD',
  'Democratic Republic of the Congo': 'CD',
  'République démocratique du Congo': 'CD',
  DRC: 'CD',
  'Congo, Republic of the': 'CG',
  "Côte d'Ivoire": 'CI',
  'Ivory Coast': 'CI',
  'Iran, Islamic Republic of': 'IR',
  "Korea, Democratic People's Republic of": 'KP',
  'Korea, Republic of': 'KR',
  "Lao People's Democratic Republic": 'LA',
  'Micronesia, Federated States of': 'FM',
  'Moldova, Republic of': 'MD',
  'Palestine, State of': 'PS',
  'Russian Federation': 'RU',
  'Syrian Arab Republic': 'SY',
  'Tanzania, United Republic of': 'TZ',
  'United Republic of Tanzania': 'TZ',
  'The Gambia': 'GM',
  'Gambia, The': 'GM',
  Türkiye: 'TR',
  Turkey: 'TR',
  'Venezuela, Bolivarian Republic of': 'VE',
  'Viet Nam': 'VN',
  'Cabo Verde': 'CV',
  'Cape Verde': 'CV',
  Swaziland: 'SZ',
}

const languages = ['en', 'fr', 'es', 'ar', 'pt']
const alphabet = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
let known: Map<string, string> | undefined

/** Every place's code, by its name in five languages. */
function placeNames(): ReadonlyMap<string, string> {
  if (known) return known
  const countries = alphabet.flatMap((first) => alphabet.map((second) => first + second))
  const areas = Array.from({ length: 1000 }, (_, index) => String(index).padStart(3, '0'))
  const names = new Map<string, string>()
  for (const code of [...countries, ...areas].filter(isPlaceCode)) {
    for (const lang of languages) {
      const name = foldName(regionName(code, lang))
      if (!names.has(name)) names.set(name, code)
    }
  }
  for (const [name, code] of Object.entries(others)) names.set(foldName(name), code)
  known = names
  return names
}

/** What a text about places means: a code, the world, a piece of a longer name that was cut at its comma, or nothing known. */
export type PlaceRead =
  { readonly code: string; readonly isGlobal: boolean } | { readonly cutOf: string } | { readonly unknown: true }

const world = new Set(['global', 'worldwide', 'world', 'mondial', 'monde', 'mundial', 'mundo', 'عالمي', 'العالم'])

/** A place by its code or its name. */
export function readPlace(value: string): PlaceRead {
  const text = value.trim()
  const name = foldName(text)
  if (world.has(name)) return { code: '001', isGlobal: true }
  const code = text.toUpperCase()
  if (isPlaceCode(code)) return { code, isGlobal: false }
  const named = placeNames().get(name)
  if (named !== undefined) return { code: named, isGlobal: false }
  const cutOf = Object.keys(others).find(
    (full) => full.split(', ').length > 1 && full.split(', ').some((part) => foldName(part) === name),
  )
  return cutOf === undefined ? { unknown: true } : { cutOf }
}
