import { expect, test } from 'vitest'
import type { Actor, Grant } from '#features/accounts/index.ts'
import {
  canCreate,
  canEdit,
  canPublish,
  canRevert,
  canSeeOnDesk,
  canSharePreview,
  canWithdraw,
  type GuardedRecord,
} from './policy.ts'

const whoHas = (...grants: Grant[]): Actor => ({ id: 'usr_me', name: 'Me', lang: 'en', grants })
const everywhere = (role: Grant['role']) => whoHas({ role, scope: '*' })
const organiser = whoHas({ role: 'organiser', scope: 'sem_1' })

const people: Readonly<Record<string, Actor | null>> = {
  visitor: null,
  member: everywhere('member'),
  contributor: everywhere('contributor'),
  organiser,
  translator: everywhere('translator'),
  editor: everywhere('editor'),
  admin: everywhere('admin'),
}

const draft: GuardedRecord = {
  id: 'sem_1',
  kind: 'seminar',
  status: 'draft',
  visibility: 'public',
  createdBy: 'usr_other',
  partOf: null,
}
const records: Readonly<Record<string, GuardedRecord>> = {
  'their seminar': draft,
  'another seminar': { ...draft, id: 'sem_2' },
  'a part of theirs': { ...draft, id: 'ses_1', kind: 'session', partOf: 'sem_1' },
  'own draft': { ...draft, id: 'prg_1', kind: 'programme', createdBy: 'usr_me' },
  'own, published': { ...draft, id: 'prg_1', kind: 'programme', createdBy: 'usr_me', status: 'published' },
  'published for a group': { ...draft, id: 'prg_2', kind: 'programme', status: 'published', visibility: 'grp_1' },
  'published for members': { ...draft, id: 'prg_3', kind: 'programme', status: 'published', visibility: 'members' },
}

/** Who may do something with which records: all, none, or the names of those. */
function matrix(may: (actor: Actor | null, record: GuardedRecord) => boolean) {
  return Object.fromEntries(
    Object.entries(people).map(([who, actor]) => {
      const names = Object.keys(records).filter((name) => may(actor, records[name] ?? draft))
      return [who, names.length === Object.keys(records).length ? 'all' : names]
    }),
  )
}

const nobody = { visitor: [], member: [], translator: [] }
const everything = { editor: 'all', admin: 'all' }

test('editors edit everything, organisers their seminar with its parts, contributors their drafts', () => {
  const expected = {
    ...nobody,
    ...everything,
    contributor: ['own draft'],
    organiser: ['their seminar', 'a part of theirs', 'own draft'],
  }
  for (const may of [canEdit, canRevert, canSharePreview]) expect(matrix(may)).toEqual(expected)
})

test('editors publish and withdraw everything, organisers their seminar with its parts, nobody else anything', () => {
  const expected = { ...nobody, ...everything, contributor: [], organiser: ['their seminar', 'a part of theirs'] }
  for (const may of [canPublish, canWithdraw]) expect(matrix(may)).toEqual(expected)
})

test('at the desk one sees what one may edit and what one may read', () => {
  const published = ['own, published', 'published for members']
  expect(matrix(canSeeOnDesk)).toEqual({
    ...everything,
    visitor: [],
    member: [],
    translator: published,
    contributor: ['own draft', ...published],
    organiser: ['their seminar', 'a part of theirs', 'own draft', ...published],
  })
})

test('contributors propose records, organisers what their seminar needs, editors make what shapes the hub', () => {
  const kinds = ['hub', 'concept', 'programme', 'person', 'session'] as const
  const made = Object.entries(people).map(([who, actor]) => [who, kinds.filter((kind) => canCreate(actor, kind))])
  expect(Object.fromEntries(made)).toEqual({
    visitor: [],
    member: [],
    contributor: ['programme', 'person', 'session'],
    organiser: ['person', 'session'],
    translator: [],
    editor: [...kinds],
    admin: [...kinds],
  })
})
