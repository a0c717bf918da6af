import { audienceOf, canUseDesk, hasAnyRole, hasRole, type Actor } from '#features/accounts/index.ts'
import type { KindName, RecordStatus } from './domain.ts'

/** As much of a record as decides who may do what with it. */
export interface GuardedRecord {
  readonly id: string
  readonly kind: KindName
  readonly status: RecordStatus
  readonly visibility: string
  /** Who made it; null: nobody who signs in (seeds, imports). */
  readonly createdBy: string | null
  /** The record it is a part of: the seminar of a session or of a track. */
  readonly partOf: string | null
}

/** Kinds that shape the hub itself or its vocabularies: editors make them. */
const editorsOnly: readonly KindName[] = ['hub', 'scheme', 'concept', 'funding']
/** What an organiser needs besides their seminar and its parts. */
const organisersToo: readonly KindName[] = [
  'session',
  'material',
  'recording',
  'track',
  'moment',
  'chapter',
  'person',
  'organisation',
]

const isEditor = (actor: Actor | null) => hasAnyRole(actor, ['editor', 'admin'])

/** Whether somebody organises the seminar that a record is, or is a part of. */
function isOrganiserOf(actor: Actor | null, { id, kind, partOf }: Pick<GuardedRecord, 'id' | 'kind' | 'partOf'>) {
  const seminar = kind === 'seminar' ? id : partOf
  return seminar !== null && hasRole(actor, 'organiser', seminar)
}

/** A draft stays with whoever proposed it until it is published. */
function isOwnDraft(actor: Actor | null, { status, createdBy }: GuardedRecord): boolean {
  if (actor === null || status !== 'draft') return false
  return createdBy === actor.id && hasAnyRole(actor, ['contributor', 'organiser'])
}

/** Whether somebody may begin a record of a kind. Of a part, they must be able to edit the whole as well. */
export function canCreate(actor: Actor | null, kind: KindName): boolean {
  if (isEditor(actor)) return true
  if (hasRole(actor, 'contributor')) return !editorsOnly.includes(kind)
  return hasRole(actor, 'organiser') && organisersToo.includes(kind)
}

/** Facts, texts of every language, addresses, ties. Translators change texts at a desk of their own. */
export function canEdit(actor: Actor | null, record: GuardedRecord): boolean {
  return isEditor(actor) || isOrganiserOf(actor, record) || isOwnDraft(actor, record)
}

/** Whether a record stands in the lists of the desk: what one may edit, and what one may read and point to. */
export function canSeeOnDesk(actor: Actor | null, record: GuardedRecord): boolean {
  if (canEdit(actor, record)) return true
  return canUseDesk(actor) && record.status === 'published' && audienceOf(actor).includes(record.visibility)
}

/** Makes a record public. Organisers publish their seminars and the parts of these. */
export function canPublish(actor: Actor | null, record: GuardedRecord): boolean {
  return isEditor(actor) || isOrganiserOf(actor, record)
}

/** Takes a record back from the public: whoever may publish it. */
export function canWithdraw(actor: Actor | null, record: GuardedRecord): boolean {
  return canPublish(actor, record)
}

/** Puts an earlier value back, which is an edit. */
export function canRevert(actor: Actor | null, record: GuardedRecord): boolean {
  return canEdit(actor, record)
}

/** Lets people without an account read a record before it is published. */
export function canSharePreview(actor: Actor | null, record: GuardedRecord): boolean {
  return canEdit(actor, record)
}
