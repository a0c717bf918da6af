import type { WorkPatch } from '../work.ts'

/** What can be wrong in a catalogue. */
export type CatalogueProblemKind =
  | 'broken'
  | 'noTitle'
  | 'date'
  | 'language'
  | 'type'
  | 'number'
  | 'identifier'
  | 'keyword'
  | 'concept'
  | 'place'
  | 'file'
  | 'twice'
  | 'parent'
  | 'tooLong'
  | 'formula'
  | 'column'
  | 'isOrganisation'
  | 'global'
  | 'cut'
  | 'series'
  | 'funder'
  | 'unknownId'
  | 'numberTaken'

/** Something wrong, with its place. One that is fatal refuses its entry; else the value is left out. */
export interface CatalogueProblem {
  readonly problem: CatalogueProblemKind
  /** Row or line, counted from 1. */
  readonly line: number
  /** The key of the entry, where the format has one. */
  readonly entry: string | null
  /** Column or field, as the file calls it. */
  readonly field: string | null
  readonly value: string
  readonly fatal: boolean
}

/** One work of a catalogue. `patch` is null when it is refused. */
export interface CatalogueEntry {
  readonly line: number
  readonly entry: string | null
  /** What it is called, refused or not, as far as that could be read. */
  readonly title: string
  readonly patch: WorkPatch | null
  readonly problems: readonly CatalogueProblem[]
}

/** Why a file is no catalogue at all. */
export type CatalogueFault =
  'binary' | 'empty' | 'noHeading' | 'quotes' | 'tooMany' | 'tooLarge' | 'broken' | 'encrypted' | 'format'

export type CatalogueRead =
  | {
      readonly ok: true
      readonly entries: readonly CatalogueEntry[]
      /** What is wrong with the file rather than with one of its works. */
      readonly problems: readonly CatalogueProblem[]
    }
  | { readonly ok: false; readonly fault: CatalogueFault; readonly line: number | null }

/** What a reader is told of the hub. */
export interface CatalogueContext {
  /** The hub's own address: a link to one of its records is an id, and no other place where the work is. */
  readonly origin: string
  /** The language of a work that does not say its own. */
  readonly lang: string
}

/** The most works in a file. */
export const MOST_WORKS = 100_000

/** The longest value that is read. */
export const LONGEST_VALUE = 50_000

/** What an entry is not taken with: it would stand for something else. */
const refusing: ReadonlySet<CatalogueProblemKind> = new Set([
  'broken',
  'noTitle',
  'date',
  'language',
  'type',
  'tooLong',
  'formula',
])

/** Collects what is wrong with one entry. */
export class Problems {
  readonly found: CatalogueProblem[] = []
  readonly line: number
  readonly entry: string | null

  constructor(line: number, entry: string | null) {
    this.line = line
    this.entry = entry
  }

  add(
    problem: CatalogueProblemKind,
    field: string | null,
    value: string,
    more: { line?: number; fatal?: boolean } = {},
  ): void {
    const { line = this.line, fatal = refusing.has(problem) } = more
    this.found.push({ problem, line, entry: this.entry, field, value: value.slice(0, 200), fatal })
  }

  /** The entry, refused when something fatal is wrong with it. */
  finish(patch: WorkPatch | null): CatalogueEntry {
    const isRefused = patch === null || this.found.some(({ fatal }) => fatal)
    const title = Object.values(patch?.title ?? {})[0] ?? ''
    return { line: this.line, entry: this.entry, title, patch: isRefused ? null : patch, problems: this.found }
  }
}
