import type { Deed, KindName, Reader, RecordDb, RecordStatus, Relation } from '#features/records/index.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import type { PageContext } from '#ui/index.ts'
import type { ComponentChild } from 'preact'

/** What a fact holds, in one canonical form: nothing, one text, or several in order (ids, codes, lines). */
export type FactValue = readonly string[]

/** Facts by their names. */
export type FactValues = Readonly<Record<string, FactValue>>

interface FactBase {
  readonly name: string
  readonly label: MessageKey
  readonly help?: MessageKey
  readonly required?: boolean
  /** Set once, when the record is made. */
  readonly fixed?: boolean
  /** Not said of a record that has the fact of this name: the size of what is a file of the hub is known. */
  readonly unless?: string
  /** Takes the place of the fact of this name when an earlier value is put back. */
  readonly insteadOf?: string
}

export interface FactChoice {
  readonly value: string
  readonly label: MessageKey
}

/** Records, concepts or places chosen by typing. The spine keeps links, concepts and places; the others are the feature's. */
type Picked =
  | { readonly type: 'record'; readonly kinds: readonly KindName[] }
  | { readonly type: 'records'; readonly kinds: readonly KindName[] }
  | { readonly type: 'links'; readonly kinds: readonly KindName[]; readonly relation: Relation }
  | { readonly type: 'concepts'; readonly kinds: readonly ['concept'] }
  | { readonly type: 'places'; readonly role: 'covers' | 'focus' }

type Typed =
  | { readonly type: 'text'; readonly pattern?: RegExp }
  | { readonly type: 'select'; readonly choices: readonly FactChoice[] }
  /** Some of several, all of them in sight. */
  | { readonly type: 'choices'; readonly choices: readonly FactChoice[] }
  | { readonly type: 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'day' | 'period' | 'url' | 'flag' | 'country' | 'zone' | 'language' }
  /** A file of the hub, as a reference in one line: its hash and its name. */
  | { readonly type: 'file' }
  /** An hour of a day in the zone that another fact names. */
  | { readonly type: 'instant'; readonly zone: string }
  /** Several texts, one a line; `readLine` gives the form in which a line is kept, or says what is wrong with it. */
  | { readonly type: 'lines'; readonly pattern: RegExp; readonly readLine?: LineReader }

type LineReader = (line: string) => string | { readonly message: MessageKey }

/** One fact of a kind: the same in every language. */
export type Fact = FactBase & (Typed | Picked)
export type PickedFact = FactBase & Picked

/** What is wrong with one fact, told at its field. */
export interface FactProblem {
  readonly fact: string
  readonly message: MessageKey
}

/** What stands in the way of publishing (`must`), or would be better first (`should`). */
export interface CheckLine {
  readonly level: 'must' | 'should'
  readonly message: MessageKey
  /** Fills the placeholders of the message. */
  readonly values?: Readonly<Record<string, string | number>>
  /** Where it is put right, below the record's own address: '' for the form, `agenda`. */
  readonly at: string
}

/** What a check list is made from. */
export interface Checked {
  readonly id: string
  readonly facts: FactValues
  /** Fields that have a text in the source language. */
  readonly written: ReadonlySet<string>
}

/** A draft to be drawn as readers will see it. */
export interface PreviewCall {
  readonly id: string
  /** Sees this draft and its parts. */
  readonly reader: Reader
  readonly context: PageContext
  /** Says that it is a preview; stands at the head of the page. */
  readonly notice: ComponentChild
}

/** Everything the desk needs to know of a kind of record. A later kind is one more declaration. */
export interface DeskKind {
  readonly kind: KindName
  readonly label: MessageKey
  /** Its many: the heading of a list. */
  readonly plural: MessageKey
  /** Labels of its text fields, by their names in the order of the spine. */
  readonly texts: Readonly<Record<string, { label: MessageKey; help?: MessageKey; rows?: number }>>
  readonly facts: readonly Fact[]
  /** Made elsewhere than with its own form (sessions in the agenda, the hub by its first start). */
  readonly madeElsewhere?: boolean
  /** The record each is a part of, by id; the fact of that name holds it on a new record. */
  readonly whole?: {
    readonly kind: KindName
    readonly fact?: string
    /** Whoever may read the whole may begin such a part of it; else only who may edit the whole. */
    readonly isOpen?: boolean
    readonly of: (db: RecordDb, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  }
  /** Records that are published with it. */
  readonly parts?: (db: RecordDb, id: string) => Promise<readonly string[]>
  /** Kinds one may add to it, with its id in the address. */
  readonly addable?: readonly KindName[]
  /** Screens beside the form: path below the record's address, and their name. */
  readonly screens?: readonly { readonly path: string; readonly label: MessageKey }[]
  /** Its records that offer a file, each with the name it has there. */
  readonly offers?: (db: RecordDb, sha256: string) => Promise<readonly { readonly id: string; readonly name: string }[]>
  /** The facts that the feature keeps itself. */
  readonly readFacts?: (db: RecordDb, id: string) => Promise<FactValues>
  readonly writeFacts?: (tx: RecordDb, id: string, facts: FactValues, deed: Deed) => Promise<void>
  /** What its records are called that nobody named, by their ids, in a language of the interface. */
  readonly unnamed?: (db: RecordDb, ids: readonly string[], lang: string) => Promise<ReadonlyMap<string, string>>
  /** What is wrong with facts that each by itself are right. */
  readonly check?: (facts: FactValues) => readonly FactProblem[]
  /** As `check`, where the answer is in the database. */
  readonly checkStored?: (db: RecordDb, id: string, facts: FactValues) => Promise<readonly FactProblem[]>
  /** What a new record begins with. */
  readonly fresh?: (now: { today: string; zone: string }) => FactValues
  /** What the check list says beyond required fields. */
  readonly beforePublish?: (db: RecordDb, checked: Checked) => Promise<readonly CheckLine[]>
  /** Draws the page as readers will see it; without it a plain page of its texts and facts is drawn. */
  readonly drawPreview?: (call: PreviewCall) => Promise<string | null>
}

/** The declarations of a hub, by kind. */
export type DeskKinds = ReadonlyMap<KindName, DeskKind>

/** The states a list of the desk is narrowed to. */
export const statuses: readonly RecordStatus[] = ['draft', 'published', 'withdrawn']

/** The first text of a value, or nothing. */
export const only = (facts: FactValues, name: string): string => facts[name]?.[0] ?? ''

/** The first text of a value, or null: as a column holds it. */
export const orNull = (facts: FactValues, name: string): string | null => facts[name]?.[0] ?? null

/** A column as a value. */
export const some = (value: string | number | null | undefined): FactValue =>
  value === null || value === undefined || value === '' ? [] : [String(value)]

/** Whether two values are the same. */
export function isSame(one: FactValue = [], other: FactValue = []): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}

/** Whether records, concepts or places are chosen for it. */
export function isPicked(fact: Fact): fact is PickedFact {
  return ['record', 'records', 'links', 'concepts', 'places'].includes(fact.type)
}

/** Whether it is a file of the hub. */
export function isFile(fact: Fact): boolean {
  return fact.type === 'file'
}
