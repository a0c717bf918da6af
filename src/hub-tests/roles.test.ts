import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles, type Grant, type Role } from '#features/accounts/index.ts'
import { packageRoot } from '#platform/root.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { furnishDoors, sentThrough, type Furniture } from './doors.ts'

/** A line of the table in `docs/operating.md`: a door of the hub and who may open it. */
interface Door {
  readonly method: string
  readonly address: string
  readonly who: string
}

const guide = readFileSync(join(packageRoot(), 'docs/operating.md'), 'utf8')

function readDoors(): Door[] {
  const section = guide.split(/^#+ /m).find((part) => part.startsWith('Who may open what\n')) ?? ''
  return section.split('\n').flatMap((line): Door[] => {
    const [, methods = '', address = '', who = ''] = /^\| ([A-Z, ]+?) *\| `(\/[^`]*)` *\| (.*?) *\|$/.exec(line) ?? []
    return methods === '' ? [] : methods.split(', ').map((method) => ({ method, address, who }))
  })
}

/** A route of the app as the table writes it: `/:lang{en|fr}/seminars/:slug` → `/{l}/seminars/{slug}`. */
function written(path: string): string {
  return path
    .replace(/^\/:lang\{[^}]*\}/, '/{l}')
    .replace(/:(\w+)(\{(?:[^{}]|\{[^}]*\})*\})?/g, '{$1}')
    .replace(/(.)\/$/, '$1')
}

/** Somebody who tries every door; a role with a scope once for what is theirs and once for something else. */
interface Person {
  readonly name: string
  readonly role: Role | null
  readonly scopes: (furniture: Furniture) => readonly string[]
  readonly isTheirs: boolean
}

const everywhere = () => ['*']
const people: readonly Person[] = [
  { name: 'visitor', role: null, scopes: everywhere, isTheirs: false },
  { name: 'member', role: 'member', scopes: everywhere, isTheirs: false },
  { name: 'contributor', role: 'contributor', scopes: everywhere, isTheirs: false },
  { name: 'organiser of another seminar', role: 'organiser', scopes: () => ['sem_0'], isTheirs: false },
  {
    name: 'organiser of this seminar',
    role: 'organiser',
    scopes: ({ draft, spare }) => [draft, spare],
    isTheirs: true,
  },
  { name: 'facilitator', role: 'facilitator', scopes: () => ['grp_0'], isTheirs: false },
  { name: 'translator of French', role: 'translator', scopes: () => ['fr'], isTheirs: false },
  { name: 'translator of Arabic', role: 'translator', scopes: () => ['ar'], isTheirs: true },
  { name: 'editor', role: 'editor', scopes: everywhere, isTheirs: true },
  { name: 'administrator', role: 'admin', scopes: everywhere, isTheirs: true },
]

/** Whether the table lets somebody in: `everybody`, `signed in`, or roles, with `*` for what is theirs only. */
function isLetIn(who: string, { role, isTheirs }: Person): boolean {
  if (who === 'everybody') return true
  if (role === null) return false
  if (who === 'signed in') return true
  const named = who.split(', ')
  return named.includes(role) || (isTheirs && named.includes(`${role}*`))
}

const doors = readDoors()
/** A hub in memory has no built assets and no sign-on of a ministry. */
const nothingBehind = ['/assets/{name}', '/auth/callback/sign-on', '/{l}/sign-in/sign-on']
let hub: TestHub
let furniture: Furniture

beforeAll(async () => {
  // A machine that nobody asks anything here: its door is there when an operator names one.
  hub = await openHub({ seeded: true, environment: { TRANSLATE_URL: 'http://127.0.0.1:9' } })
  furniture = await furnishDoors(hub)
}, 90_000)
afterAll(async () => hub[Symbol.asyncDispose]())

test('the table names every door of the hub, and none that there is not', () => {
  const handled = hub.http.app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/*' && path !== '*')
  const there = handled
    .filter(({ path }) => !path.endsWith('/*'))
    .map(({ method, path }) => `${method} ${written(path)}`)
  const told = doors.map(({ method, address }) => `${method} ${address}`)
  expect(told.toSorted()).toEqual([...new Set(there)].toSorted())
})

test('the table knows no role that there is not', () => {
  const known = new Set<string>(['everybody', 'signed in', ...roles, ...roles.map((role) => `${role}*`)])
  expect(doors.flatMap(({ who }) => who.split(', ')).filter((name) => !known.has(name))).toEqual([])
})

async function signIn(person: Person): Promise<Pick<SignedIn, 'get' | 'post' | 'cookie'>> {
  if (person.role === null) return { ...hub, cookie: '' }
  const { role } = person
  return hub.as(person.scopes(furniture).map((scope): Grant => ({ role, scope })))
}

/** What somebody meets at a door: `in`, `out` (as if there were none), or `sign-in`. */
async function knock(person: Person, { method, address }: Door): Promise<string> {
  const browser = await signIn(person)
  const path = await furniture.pathOf(address, browser, person.isTheirs)
  const send = async () => {
    if (method === 'GET') return browser.get(path)
    if (method === 'POST') return browser.post(path, sentThrough[address] ?? {})
    const headers = { cookie: browser.cookie, origin: hub.origin, 'tus-resumable': '1.0.0' }
    return hub.fetch(new Request(hub.origin + path, { method, headers }))
  }
  const response = await send()
  await response.body?.cancel()
  if (response.status === 404) return 'out'
  const leadsTo = response.headers.get('location') ?? ''
  if (response.status === 303 && /^\/\w+\/sign-in(\?|$)/.test(leadsTo) && address !== '/{l}/sign-out') return 'sign-in'
  return response.status >= 500 ? `fault ${response.status}` : 'in'
}

test.each(people)(
  '$name is let in where the table says so, and nowhere else',
  async (person) => {
    const wrong: string[] = []
    for (const door of doors.filter(({ address }) => !nothingBehind.includes(address))) {
      const met = await knock(person, door)
      const isIn = isLetIn(door.who, person)
      // Whoever may come in by another name is asked for it only before they have signed in.
      const isRight = isIn ? met === 'in' : met === 'out' || (met === 'sign-in' && person.role === null)
      if (!isRight) wrong.push(`${door.method} ${door.address}: ${met}, but the table says ${door.who}`)
    }
    expect(wrong).toEqual([])
  },
  120_000,
)
