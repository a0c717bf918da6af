import { expect, test } from 'vitest'
import { roles } from '#features/accounts/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'

/** Every address of administration: what is read, and what takes a form. */
const forAdmins = {
  get: [
    '/people',
    '/people/invite',
    '/outbox',
    '/audit',
    '/audit.csv',
    '/settings',
    '/redirects',
    '/redirects/import',
    '/redirects.csv',
  ],
  post: ['/people/invite', '/settings', '/settings/languages', '/redirects', '/redirects/remove', '/redirects/import'],
}
const forEditors = {
  get: ['', '/vocabularies', '/vocabularies/theme', '/vocabularies/import'],
  post: ['/vocabularies', '/vocabularies/theme', '/vocabularies/import'],
}

interface Doors {
  readonly get: readonly string[]
  readonly post: readonly string[]
}

const all = ({ get, post }: Doors) => [...get.map((path) => `GET ${path}`), ...post.map((path) => `POST ${path}`)]

/** Nothing there; or, for whoever has not signed in, the way to the sign-in, which tells nothing of what is there either. */
const isClosed = ({ status, headers }: Response) =>
  status === 404 || (headers.get('location') ?? '').startsWith('/en/sign-in?to=')

/** The doors that are not closed to somebody. */
async function open(person: Pick<TestHub, 'get' | 'post'>, { get, post }: Doors): Promise<string[]> {
  const found: string[] = []
  for (const path of get) if (!isClosed(await person.get(`/en/admin${path}`))) found.push(`GET ${path}`)
  for (const path of post) {
    if (!isClosed(await person.post(`/en/admin${path}`, { x: 'y' }))) found.push(`POST ${path}`)
  }
  return found
}

test('whoever has no business there finds nothing: no page, no form', async () => {
  await using hub = await openHub({ seeded: true })
  expect([await open(hub, forAdmins), await open(hub, forEditors)]).toEqual([[], []])
  for (const role of roles) {
    const person = await hub.as([role])
    const expected = role === 'admin' || role === 'editor' ? all(forEditors) : []
    expect([role, await open(person, forEditors)]).toEqual([role, expected])
    // An administrator's empty form removes nothing that is not there: 404 as well, for another reason.
    const mine = role === 'admin' ? all(forAdmins).filter((door) => door !== 'POST /redirects/remove') : []
    expect([role, await open(person, forAdmins)]).toEqual([role, mine])
  }
})
