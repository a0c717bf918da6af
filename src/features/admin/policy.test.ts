import { expect, test } from 'vitest'
import { roles, type Actor, type Role } from '#features/accounts/index.ts'
import * as policy from './policy.ts'

const somebody = (role: Role): Actor => ({ id: 'usr_1', name: 'A', lang: 'en', grants: [{ role, scope: '*' }] })

test.each(Object.entries(policy))(
  '%s: for administrators, vocabularies for editors too, for nobody else',
  (name, can) => {
    const allowed = roles.filter((role) => can(somebody(role)))
    expect(allowed).toEqual(name === 'canEditVocabularies' ? ['editor', 'admin'] : ['admin'])
    expect(can(null)).toBe(false)
  },
)
