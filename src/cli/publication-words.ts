import type { ImportLine, ImportOutcome, WorkWarningKind } from '#features/exchange/index.ts'
import type { CatalogueFault, CatalogueProblem, CatalogueProblemKind } from '#features/library/index.ts'
import { languageName, regionName } from '#platform/i18n/index.ts'

/** Why a file is no catalogue. */
export const faultWords: Readonly<Record<CatalogueFault, string>> = {
  binary: 'this is no text, and no spreadsheet.',
  empty: 'there are no publications in it.',
  noHeading: 'no column is named title (in English, French, Spanish, Arabic or Portuguese).',
  quotes: 'a quotation mark is opened and never closed.',
  tooMany: 'it has more than 100,000 publications.',
  tooLarge: 'it is too large, or unpacks to too much.',
  broken: 'it is damaged or cut off.',
  encrypted: 'it has a password, or was made by a spreadsheet of before 2007: save it as .xlsx without one.',
  format: 'it is neither BibTeX nor RIS, CSL-JSON or a table.',
}

export const outcomeWords: Readonly<Record<ImportOutcome, string>> = {
  new: 'new',
  changed: 'changes',
  same: 'as it was',
  duplicate: 'may be there already',
  refused: 'refused',
}

export const reasonWords: Readonly<Record<NonNullable<ImportLine['reason']>, string>> = {
  id: 'its id',
  doi: 'its DOI',
  isbn: 'its ISBN',
  series: 'its place in the series',
  title: 'its title, year and author',
}

const problemWords: Readonly<Record<CatalogueProblemKind, string>> = {
  broken: 'cannot be read',
  noTitle: 'has no title',
  date: 'is not a date',
  language: 'is no language',
  type: 'is no type of publication',
  number: 'is no number in a series',
  identifier: 'is no such identifier or address',
  keyword: 'is no tag of the hub; left out',
  concept: 'is no tag of the hub; left out',
  place: 'is no place; left out',
  file: 'is no address of a file; left out',
  twice: 'is a key that the file uses twice',
  parent: 'refers to an entry that is not there',
  tooLong: 'is too long',
  formula: 'is a formula without a value',
  column: 'is no column the hub knows; left out',
  isOrganisation: 'is a person in the file, and seems to be an organisation',
  global: 'is the world, and no country',
  cut: 'seems to be a longer name cut at its comma; left out',
  series: 'is no series of the hub; left out',
  funder: 'is no funder of the hub; left out',
  unknownId: 'is no publication of the hub',
  numberTaken: 'is the place of another publication in the series; left out',
}

/** What is wrong, with its place. */
export function describeProblem({ line, entry, field, value, problem }: CatalogueProblem): string {
  const where = `line ${line}${entry === null ? '' : ` (${entry})`}${field === null ? '' : `, column "${field}"`}`
  return `${where}: ${value === '' ? '' : `${JSON.stringify(value)} `}${problemWords[problem]}`
}

const warningWords: Readonly<Record<WorkWarningKind, (first: string, second: string) => string>> = {
  confused: (tag, other) => `is tagged ${regionName(tag, 'en')}, and its words speak of ${regionName(other, 'en')}`,
  untagged: (code) => `its words speak of ${regionName(code, 'en')}, which is not among its places`,
  isPerson: () => 'is an organisation in the file, and looks like a person',
  otherLanguage: (said, found) =>
    `is said to be in ${languageName(said, 'en')}, and reads as ${languageName(found, 'en')}`,
}

/** What a person should look at. */
export function describeWarning({ warning, value }: ImportLine['warnings'][number]): string {
  if (warning === 'isPerson') return `${JSON.stringify(value)} ${warningWords.isPerson('', '')}`
  const [first = '', second = ''] = value.split(' ')
  return warningWords[warning](first, second)
}
