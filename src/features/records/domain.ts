/** What the public sees of a record is changed by two verbs only: publish and withdraw. */
export type RecordStatus = 'draft' | 'published' | 'withdrawn'

/** `public`, `members`, or the id of a group. */
export type Visibility = string

/** How a text stands to the text it was made from. A missing text has no row and so no state. */
export type TextState = 'source' | 'current' | 'behind' | 'machine'

/** What is written down; `behind` is never stored, it follows from comparing hashes. */
export type StoredTextState = 'source' | 'current' | 'machine'

/** One field of one record in one language. `value` is plain text or Markdown, as its field declares. */
export interface TextValue {
  readonly lang: string
  readonly state: TextState
  readonly value: string
}

/** Every text of one record: field → one value per language, the source first. */
export type Texts = Readonly<Record<string, readonly TextValue[]>>

/** Whose account made each translation of one record: field → language → id. */
export type Translators = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The languages a reader understands, best first: theirs, the hub's, and at last the record's own. */
export type ReaderChain = readonly string[]

/** Who reads: the page's language, the languages they understand, and the visibilities they may see. */
export interface Reader {
  readonly lang: string
  readonly chain: ReaderChain
  readonly audience: readonly Visibility[]
  /** Records that this reader sees whatever their state: the one a preview link is for, and its parts. */
  readonly drafts?: readonly string[]
  /** The visit they read on: links to files that are not public are handed out to it. */
  readonly visit?: string
}

/** A kind of record: its id prefix, its place in URLs (null: it has no page of its own) and its fields in reading order. */
export interface RecordKind {
  readonly kind: KindName
  readonly prefix: string
  readonly path: string | null
  /** The first one names the record. */
  readonly fields: readonly [FieldDeclaration, ...FieldDeclaration[]]
}

export interface FieldDeclaration {
  readonly name: string
  readonly markdown: boolean
  readonly required: boolean
}

export type KindName =
  | 'hub'
  | 'series'
  | 'seminar'
  | 'session'
  | 'material'
  | 'recording'
  | 'track'
  | 'moment'
  | 'chapter'
  | 'organisation'
  | 'person'
  | 'programme'
  | 'publication'
  | 'scheme'
  | 'concept'
  | 'funding'

const text = (name: string, required = false): FieldDeclaration => ({ name, markdown: false, required })
const markdown = (name: string, required = false): FieldDeclaration => ({ name, markdown: true, required })

/** Every kind of record the hub has. A later kind is one more entry here. */
const recordKinds: Readonly<Record<KindName, RecordKind>> = {
  hub: {
    kind: 'hub',
    prefix: 'hub',
    path: 'about',
    fields: [
      text('name', true),
      text('short'),
      text('tagline'),
      markdown('purpose'),
      markdown('components'),
      markdown('about'),
      markdown('accessibility'),
      markdown('privacy'),
    ],
  },
  series: { kind: 'series', prefix: 'ser', path: 'series', fields: [text('name', true), markdown('summary')] },
  seminar: {
    kind: 'seminar',
    prefix: 'sem',
    path: 'seminars',
    fields: [
      text('title', true),
      text('summary'),
      markdown('objectives'),
      markdown('format'),
      markdown('audiences'),
      markdown('background'),
      markdown('note'),
    ],
  },
  session: { kind: 'session', prefix: 'ses', path: null, fields: [text('title', true), markdown('abstract')] },
  material: { kind: 'material', prefix: 'mat', path: null, fields: [text('label')] },
  recording: { kind: 'recording', prefix: 'rec', path: null, fields: [text('title', true), markdown('note')] },
  track: { kind: 'track', prefix: 'trk', path: null, fields: [text('label')] },
  moment: { kind: 'moment', prefix: 'mom', path: null, fields: [text('label')] },
  chapter: { kind: 'chapter', prefix: 'chp', path: null, fields: [text('title', true)] },
  organisation: {
    kind: 'organisation',
    prefix: 'org',
    path: 'organisations',
    fields: [text('name', true), text('short'), markdown('summary')],
  },
  person: {
    kind: 'person',
    prefix: 'per',
    path: 'people',
    fields: [text('name', true), text('role'), markdown('bio')],
  },
  programme: {
    kind: 'programme',
    prefix: 'prg',
    path: 'programmes',
    fields: [text('name', true), text('short'), markdown('summary'), markdown('remark')],
  },
  publication: {
    kind: 'publication',
    prefix: 'pub',
    path: 'library',
    fields: [text('title', true), text('subtitle'), markdown('summary')],
  },
  scheme: { kind: 'scheme', prefix: 'sch', path: null, fields: [text('label', true), markdown('definition')] },
  concept: {
    kind: 'concept',
    prefix: 'con',
    path: null,
    fields: [text('label', true), text('alt'), markdown('definition')],
  },
  funding: { kind: 'funding', prefix: 'fst', path: null, fields: [text('statement', true)] },
}

/** The hub itself is a record, so that what it says of itself has languages and states like everything else. */
export const hubId = 'hub_main'

/** Typed links between records; each is read from both ends. */
export type Relation =
  | 'part_of'
  | 'based_on'
  | 'presents'
  | 'co_organised_by'
  | 'partner'
  | 'funded_by'
  | 'broader'
  | 'related'
  | 'same_as'
  | 'supersedes'
  | 'contradicts'
  | 'evidence'
  | 'translation_of'

/** How far a whole record stands in one language. `missing` counts the fields the source has and this language has not. */
export interface LanguageState {
  readonly lang: string
  readonly state: TextState
  readonly missing: number
}

/** A link seen from one record: `to` when the record points, `from` when it is pointed at. */
export interface LinkedRecord {
  readonly id: string
  readonly kind: KindName
  readonly relation: Relation
  readonly direction: 'to' | 'from'
  readonly title: TextValue | null
  /** Path of its page in the reader's language, or null when the kind has no page. */
  readonly href: string | null
  readonly note: string | null
}

/** One line of a record's history. */
export interface RecordEvent {
  readonly recordId: string
  readonly at: string
  readonly actor: string
  readonly verb: 'create' | 'edit' | 'publish' | 'withdraw' | 'link' | 'unlink' | 'import'
  readonly lang: string | null
  readonly field: string | null
  readonly before: string | null
  readonly after: string | null
}

/** Every kind there is. */
export const kinds: readonly RecordKind[] = Object.values(recordKinds)

/** Whether a reader may see a record: it is published for them, or theirs to read before it is. */
export function maySee(
  reader: Pick<Reader, 'audience' | 'drafts'>,
  record: { readonly id: string; readonly status: RecordStatus; readonly visibility: Visibility },
): boolean {
  if (reader.drafts?.includes(record.id)) return true
  return record.status === 'published' && reader.audience.includes(record.visibility)
}

/** Whether there is a record, and this reader may see it. */
export function isVisible<T extends Parameters<typeof maySee>[1]>(
  record: T | undefined,
  reader: Parameters<typeof maySee>[0],
): record is T {
  return record !== undefined && maySee(reader, record)
}

/** The declaration of a kind. */
export function kindOf(name: KindName): RecordKind {
  return recordKinds[name]
}

/** The kind an id belongs to, by its prefix (`sem_…`), or null. */
export function kindOfId(id: string): RecordKind | null {
  const prefix = id.split('_', 1)[0]
  return kinds.find((kind) => kind.prefix === prefix) ?? null
}

/** A text's state: `machine` until a person has read it, `behind` once its source has other words than those it was made from. */
export function textState(stored: StoredTextState, madeFrom: string, sourceHash: string | null): TextState {
  if (stored !== 'current') return stored
  return sourceHash !== null && sourceHash !== madeFrom ? 'behind' : 'current'
}

/** The text a reader is shown: the first of their languages that has one, else the source, else any. */
export function pickText(values: readonly TextValue[] | undefined, chain: ReaderChain): TextValue | null {
  if (!values) return null
  const wanted = chain.find((lang) => values.some((value) => value.lang === lang))
  const theirs = values.find((value) => value.lang === wanted)
  return theirs ?? values.find((value) => value.state === 'source') ?? values[0] ?? null
}

/** In which languages a record can be read (those that name it), the source first; its worst text gives the state. */
export function languageStates(kind: RecordKind, texts: Texts, sourceLang: string): LanguageState[] {
  const values = kind.fields.flatMap((field) => texts[field.name] ?? [])
  const langs = texts[kind.fields[0].name]?.map((value) => value.lang) ?? []
  return langs.map((lang) => {
    const states = values.filter((value) => value.lang === lang).map((value) => value.state)
    const worst = (['machine', 'behind'] as const).find((state) => states.includes(state)) ?? 'current'
    const missing = kind.fields.filter((field) => has(texts, field, sourceLang) && !has(texts, field, lang)).length
    return { lang, state: lang === sourceLang ? 'source' : worst, missing }
  })
}

function has(texts: Texts, field: FieldDeclaration, lang: string): boolean {
  return texts[field.name]?.some((value) => value.lang === lang) ?? false
}
