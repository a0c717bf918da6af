import { columns, type Column } from './column-names.ts'
import {
  columnName,
  columnTag,
  isTagRow,
  manyValued,
  perLanguage,
  readHeading,
  readTag,
  type TableColumn,
} from './columns.ts'
import { MOST_WORKS, Problems, type CatalogueContext, type CatalogueProblem, type CatalogueRead } from './read.ts'
import { readRow, type DayZero, type RowCells } from './table-row.ts'
import { isFormula, splitCell, writeCells } from './table-cells.ts'
import type { Work } from '../work.ts'

/** Rows above the works: a heading and its HXL tags. */
export const HEADING_ROWS = 2

/** A table of works with columns for some languages: a heading in a language, a row of HXL tags, and a row for each work. */
export function openTable(inLang: string, langs: readonly string[]) {
  const shown = columns.flatMap((column): TableColumn[] =>
    perLanguage.has(column) ? langs.map((lang) => ({ column, lang })) : [{ column, lang: null }],
  )
  return {
    heading: [shown.map((one) => columnName(one, inLang)), shown.map(columnTag)],
    toRow: (work: Work): string[] => writeCells(work, shown),
  }
}

/** The languages that a work needs columns for. */
export const languagesOf = ({ title, subtitle, summary, editions, sourceLang }: Work): string[] => [
  sourceLang,
  ...[title, subtitle, summary].flatMap((words) => Object.keys(words)),
  ...editions.flatMap((edition) => edition.files.map(({ lang }) => lang)),
]

/** Reads the rows of a table: columns by their HXL tags where it has a row of them, else by their headings in five languages. */
export function readTableOfWorks(
  rows: readonly (readonly string[])[],
  context: CatalogueContext,
  dayZero: DayZero = 1900,
): CatalogueRead {
  const heading = rows.findIndex((row) => row.some((cell) => cell.trim() !== ''))
  if (heading < 0) return { ok: false, fault: 'empty', line: null }
  // A heading may span several rows above the tags.
  const tags = rows.slice(0, 25).findIndex(isTagRow)
  const last = Math.max(heading, tags)
  const named = nameColumns(rows[tags < 0 ? heading : Math.max(0, tags - 1)] ?? [], tags < 0 ? [] : (rows[tags] ?? []))
  if (!named.some((one) => one?.column === 'title')) return { ok: false, fault: 'noHeading', line: heading + 1 }
  const body = rows.slice(last + 1)
  if (body.length > MOST_WORKS) return { ok: false, fault: 'tooMany', line: last + MOST_WORKS + 2 }
  const entries = body.flatMap((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return []
    return [readRow(pickCells(row, named), last + index + 2, context, dayZero)]
  })
  if (entries.length === 0) return { ok: false, fault: 'empty', line: null }
  return { ok: true, entries, problems: unknownColumns(rows[heading] ?? [], named, heading + 1) }
}

interface NamedColumn extends TableColumn {
  readonly name: string
}

function nameColumns(headings: readonly string[], tags: readonly string[]): (NamedColumn | null)[] {
  return Array.from({ length: Math.min(Math.max(headings.length, tags.length), 1000) }, (_, place) => {
    const [heading = '', tag = ''] = [headings[place], tags[place]]
    const found = (tag.trim() === '' ? null : readTag(tag)) ?? readHeading(heading)
    return found && { ...found, name: heading.trim() === '' ? tag.trim() : heading.trim() }
  })
}

function unknownColumns(
  headings: readonly string[],
  named: readonly (NamedColumn | null)[],
  line: number,
): CatalogueProblem[] {
  const problems = new Problems(line, null)
  for (const [place, heading] of headings.entries()) {
    if (heading.trim() !== '' && !named[place]) problems.add('column', heading.trim(), heading.trim())
  }
  return problems.found
}

function pickCells(row: readonly string[], named: readonly (NamedColumn | null)[]): RowCells {
  const formulas: { name: string; value: string }[] = []
  const cells = new Map<Column, { name: string; lang: string | null; value: string }[]>()
  for (const [place, column] of named.entries()) {
    const value = (row[place] ?? '').trim()
    if (!column || value === '') continue
    if (isFormula(value)) {
      formulas.push({ name: column.name, value })
      continue
    }
    const values = splitCell(value, manyValued.has(column.column))
    const held = cells.get(column.column) ?? []
    held.push(...values.map((one) => ({ name: column.name, lang: column.lang, value: one })))
    cells.set(column.column, held)
  }
  return { cells, formulas }
}
