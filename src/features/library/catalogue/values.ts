import { canonicalLanguageTag, languageName } from '#platform/i18n/index.ts'
import {
  publicationTypes,
  type Contributor,
  type ContributorRole,
  type IdentifierScheme,
  type PublicationType,
} from '../domain.ts'
import { identifierHref, readIdentifier as readValue } from '../identifiers.ts'
import type { WorkIdentifier } from '../work.ts'

const twoDigits = (value: string) => value.padStart(2, '0')

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** A date as precise as it is written: `2021`, `2021-8`, `2021/08/19`, `19.8.2021`; null when it is none. */
export function readIssued(value: string): string | null {
  const text = value.trim().replace(/[/.-]+$/, '')
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?)?$/.exec(text)
  const european = iso ? null : /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)
  const [year, month, day] = iso ? iso.slice(1) : european ? [european[3], european[2], european[1]] : []
  if (year === undefined || year === '0000') return null
  if (month === undefined) return year
  if (Number(month) < 1 || Number(month) > 12) return null
  if (day === undefined) return `${year}-${twoDigits(month)}`
  if (!isDay(Number(year), Number(month), Number(day))) return null
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`
}

/** Days from the first of a spreadsheet that counts from 1900 to the first of one that counts from 1904 (ECMA-376, part 1, 18.17.4.1). */
const FROM_1900_TO_1904 = 1462

/** The day of a spreadsheet's number, which counts days from 1900 or 1904; null when it is none of our times. */
export function readDayNumber(value: string, dayZero: 1900 | 1904): string | null {
  if (!/^\d{5}(\.\d+)?$/.test(value)) return null
  const days = Math.floor(Number(value)) + (dayZero === 1904 ? FROM_1900_TO_1904 : 0)
  return new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10)
}

const languages = 'en fr es ar pt de it nl ru sw am so ti ha ps fa ur bn zh tr sq ka uk pl ro el'.split(' ')
const inLanguages = ['en', 'fr', 'es', 'ar', 'pt']

const codes: Readonly<Record<string, string>> = {
  en: 'eng',
  fr: 'fra fre',
  es: 'spa',
  ar: 'ara arb',
  pt: 'por',
  de: 'deu ger ngerman',
  it: 'ita',
  nl: 'nld dut',
  ru: 'rus',
}

/** Names that catalogues give languages, to their tags. */
const languageNames = new Map([
  ...languages.flatMap((tag) =>
    [...inLanguages, tag].map((other): [string, string] => [languageName(tag, other).toLowerCase(), tag]),
  ),
  ...Object.entries(codes).flatMap(([tag, names]) => names.split(' ').map((name): [string, string] => [name, tag])),
])

/** A language by its tag (`fr`, `pt-BR`), its code of three letters or its name in one of five languages; null when it is none. */
export function readLanguage(value: string): string | null {
  const text = value.trim()
  const named = languageNames.get(text.toLowerCase())
  if (named) return named
  return /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(text) ? canonicalLanguageTag(text.replaceAll('_', '-')) : null
}

/** An identifier in the one form the hub keeps it in; null when it is none. */
export function readIdentifier(scheme: IdentifierScheme, value: string): WorkIdentifier | null {
  const read = readValue(scheme, value)
  return read === null ? null : { scheme, value: read }
}

/** What an address stands for: a DOI or handle when it resolves one, else another place where the work is; null when it is no address. */
export function readAddress(value: string): WorkIdentifier | null {
  if (/^https?:\/\/(dx\.)?doi\.org\//i.test(value.trim())) return readIdentifier('doi', value)
  if (/^https?:\/\/hdl\.handle\.net\//i.test(value.trim())) return readIdentifier('handle', value)
  return readIdentifier('url', value)
}

/** The address of an identifier, where it has one. */
export const addressOf = identifierHref

/** The id of the hub's record that an address is of, or null. */
export function readOwnId(value: string, origin: string): string | null {
  const prefix = `${origin.replace(/\/$/, '')}/r/`
  const id = value.trim().startsWith(prefix) ? value.trim().slice(prefix.length) : ''
  return isPublicationId(id) ? id : null
}

/** Whether a text is an id of a publication. */
export const isPublicationId = (text: string): boolean => /^pub_[0-9a-z]{10,40}$/i.test(text)

const typeNames: ReadonlySet<string> = new Set(publicationTypes)

/** Types that all are some the hub knows; null when one is not. */
export function readTypes(values: readonly string[]): PublicationType[] | null {
  const types = values.map((value) => value.trim().toLowerCase().replaceAll(' ', '-')).filter((value) => value !== '')
  return types.every(isType) ? [...new Set(types)] : null
}

const isType = (value: string): value is PublicationType => typeNames.has(value)

/** An organisation: its name stays whole. */
export const anOrganisation = (role: ContributorRole, name: string): Contributor => ({
  role,
  kind: 'organisation',
  agentId: null,
  name,
  given: null,
})

/** A person by family name and given names. */
export const aPerson = (role: ContributorRole, name: string, given: string | null): Contributor => ({
  role,
  kind: 'person',
  agentId: null,
  name,
  given: given === '' ? null : given,
})

/** Words with which organisations are named, whatever a catalogue takes them for. */
const organisationWords =
  /\b(organi[sz]a(tion|ção|ción)|university|universit[éàá]|universidade?|ministry|minist[eè]re|ministerio|ministério|institut[eo]?|agency|agence|agencia|agência|union|uni[oã]o|unión|nations|nations unies|commission|committee|council|conseil|bank|banque|centre|center|foundation|fondation|association|department|office|bureau|programme?|consortium|network|ltd|gmbh|inc|ngo|iom|oim|unhcr|unicef|undp|unicef|who|giz)\b|منظمة|وزارة|جامعة|الاتحاد/iu

/** Whether a name reads like that of an organisation. */
export const looksLikeOrganisation = (name: string): boolean => organisationWords.test(name)
