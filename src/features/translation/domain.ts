import type { KindName, LanguageCounts, RecordStatus, TextState, TextValue } from '#features/records/index.ts'
import { hashText } from '#platform/text/index.ts'
import type { Change } from './changes.ts'

/** How far one record is in one language: its worst text decides. */
export type CellState = TextState | 'missing'

/** One square of the table. `missing` counts the texts that are not there. */
export interface Cell {
  readonly lang: string
  readonly state: CellState
  readonly missing: number
}

/** One line of the table. */
export interface DeskRow {
  readonly id: string
  readonly kind: KindName
  readonly name: TextValue
  readonly status: RecordStatus
  readonly sourceAt: string
  readonly views: number
  /** Whether it is needed soon: a seminar that is to come, or a part of one. */
  readonly isSoon: boolean
  readonly cells: readonly Cell[]
}

/** How far the whole hub is in one language, counted in texts. */
export interface Progress {
  readonly lang: string
  /** Up to date, or written in this language. */
  readonly current: number
  readonly behind: number
  readonly machine: number
  readonly missing: number
  readonly total: number
}

/** A field of a record in two languages, side by side. */
export interface Pair {
  readonly field: string
  readonly markdown: boolean
  readonly source: { readonly lang: string; readonly value: string; readonly hash: string }
  readonly text: PairText | null
  /** What has changed in the source since the text was made; null: nothing, or its history does not tell. */
  readonly changes: readonly Change[] | null
}

/** A translation with its state and who made it. */
export interface PairText {
  readonly value: string
  readonly state: TextState
  readonly sourceHash: string
  readonly updatedAt: string
  readonly updatedBy: string
}

/** A record's texts in one language beside their sources. */
export interface PairedRecord {
  readonly id: string
  readonly kind: KindName
  readonly status: RecordStatus
  readonly name: TextValue
  readonly href: string | null
  readonly pairs: readonly Pair[]
}

/** The state of one square: what a machine made comes before what is behind, that before what is not there. */
export function cellOf(record: { fields: number; langs: readonly LanguageCounts[] }, lang: string): Cell {
  const counts = record.langs.find((one) => one.lang === lang)
  if (!counts) return { lang, state: 'missing', missing: record.fields }
  const missing = record.fields - counts.own - counts.made
  if (counts.own === record.fields) return { lang, state: 'source', missing }
  if (counts.machine > 0) return { lang, state: 'machine', missing }
  if (counts.behind > 0) return { lang, state: 'behind', missing }
  return { lang, state: missing > 0 ? 'missing' : 'current', missing }
}

/** How far the hub is in a language. */
export function progressOf(all: { fields: number; langs: readonly LanguageCounts[] }, lang: string): Progress {
  const counts = all.langs.find((one) => one.lang === lang)
  if (!counts) return { lang, current: 0, behind: 0, machine: 0, missing: all.fields, total: all.fields }
  const { own, made, behind, machine } = counts
  return {
    lang,
    current: own + made - behind - machine,
    behind,
    machine,
    missing: all.fields - own - made,
    total: all.fields,
  }
}

/** By what a form knows the text it was filled with: white space around it does not count. Nothing for no text. */
export function markOf(body: string | undefined): string {
  return body === undefined || body.trim() === '' ? '' : hashText(body.trim())
}

/** One text as a form sends it: `base` and `source` are the marks of what it was filled with. */
export interface Edit {
  readonly field: string
  readonly text: string
  readonly base: string
  readonly source: string
  /** The person says that the text is right as it stands. */
  readonly isRight: boolean
}

/** What there is of one field now. */
export interface Standing {
  readonly source: { readonly lang: string; readonly body: string; readonly sourceHash: string } | null
  readonly text: {
    readonly body: string
    readonly state: 'source' | 'current' | 'machine'
    readonly sourceHash: string
  } | null
}

/** What becomes of an edit. */
export type Verdict = 'nothing' | 'write' | 'emptied' | 'textMoved' | 'sourceMoved' | 'noSource'

/** Whether an edit may be written over what is there now: never over words that its writer has not seen. */
export function judgeEdit(edit: Edit, now: Standing, lang: string): Verdict {
  const typed = markOf(edit.text)
  const isChanged = typed !== edit.base
  if (!isChanged && !edit.isRight) return 'nothing'
  if (now.source === null || now.source.lang === lang) return 'noSource'
  if (typed === '') return edit.base === '' ? 'nothing' : 'emptied'
  const standing = markOf(now.text?.body)
  if (edit.source !== now.source.sourceHash) return 'sourceMoved'
  if (standing !== edit.base && standing !== typed) return 'textMoved'
  const isSettled = now.text?.state === 'current' && now.text.sourceHash === now.source.sourceHash
  return standing === typed && isSettled ? 'nothing' : 'write'
}
