import type { Contributor, ContributorRole } from '../domain.ts'
import type { Work } from '../work.ts'
import type { TableColumn } from './columns.ts'
import { flatten, valuesOf } from './flat.ts'

/** A spreadsheet would take such a cell for a formula. */
const formula = /^'*[=+\-@\t\r\n]/

/** A cell as a spreadsheet shows it and never runs it. */
const guard = (value: string) => (formula.test(value) ? `'${value}` : value)
const unguard = (value: string) => (value.startsWith("'") && formula.test(value) ? value.slice(1) : value)

/** Whether a cell is a formula that was not reckoned, and not a text that begins like one. */
export const isFormula = (cell: string): boolean => cell.startsWith('=')

/** Several values in one cell. */
const joinCell = (values: readonly string[]) => values.map((value) => value.replaceAll(/[\\|]/g, '\\$&')).join(' | ')

/** The values of a cell: parted by `|`, save by one with a backslash before it. Labels keep their commas. */
export function splitCell(cell: string, isMany = true): string[] {
  const value = unguard(cell)
  if (!isMany) return [value]
  const pieces = value.match(/(?:\\[\\|]|[^|])+/g) ?? []
  return pieces.map((piece) => piece.trim().replaceAll(/\\([\\|])/g, '$1')).filter((piece) => piece !== '')
}

/** The cells of a work, in the order of the columns. */
export function writeCells(work: Work, shown: readonly TableColumn[]): string[] {
  return shown.map((column) => guard(writeCell(work, column)))
}

function writeCell(work: Work, { column, lang }: TableColumn): string {
  if (lang !== null) return writeText(work, column, lang)
  const flat = flatten(work)
  switch (column) {
    case 'id':
      return work.id ?? ''
    case 'types':
      return joinCell(work.types)
    case 'language':
      return work.sourceLang
    case 'issued':
      return work.issued ?? ''
    case 'series':
      return work.series?.name ?? ''
    case 'seriesNumber':
      return work.series?.number === null || !work.series ? '' : String(work.series.number)
    case 'authors':
      return writeNames(work, 'author')
    case 'editors':
      return writeNames(work, 'editor')
    case 'publishers':
      return writeNames(work, 'publisher')
    case 'doi':
    case 'isbn':
    case 'issn':
    case 'report':
    case 'handle':
    case 'url':
      return joinCell(valuesOf(flat, column))
    case 'concepts':
      return joinCell(work.concepts.map(({ scheme, notation }) => `${scheme}:${notation}`))
    case 'places':
      return joinCell(work.places)
    case 'funders':
      return joinCell(work.funders)
    default:
      return ''
  }
}

function writeText(work: Work, column: TableColumn['column'], lang: string): string {
  if (column === 'file') {
    const files = work.editions.flatMap((edition) => edition.files).filter((file) => file.lang === lang)
    return joinCell(files.map(({ url }) => url))
  }
  const words = column === 'title' ? work.title : column === 'subtitle' ? work.subtitle : work.summary
  return words[lang] ?? ''
}

function writeNames({ contributors }: Work, role: ContributorRole): string {
  return joinCell(contributors.filter((one) => one.role === role).map(writeName))
}

/** An organisation's name as it is, in braces when a comma would make it a person's. */
function writeName({ kind, name, given }: Contributor): string {
  if (kind === 'organisation') return /^\{|,/.test(name) ? `{${name}}` : name
  return `${name}, ${given ?? ''}`.trimEnd()
}
