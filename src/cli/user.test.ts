import { expect, test } from 'vitest'
import { z } from 'zod'
import { anInstallation, type Installation } from '#testing/installation.ts'

/** Each command is a process of its own; a busy machine takes its time. */
const slow = { timeout: 120_000 }

const People = z.array(
  z.looseObject({
    email: z.string(),
    name: z.string(),
    lang: z.string(),
    grants: z.array(z.object({ role: z.string(), scope: z.string() })),
  }),
)

async function people(hub: Installation) {
  const { code, out } = await hub.run(['user', 'list', '--json'])
  expect(code).toBe(0)
  return People.parse(JSON.parse(out))
}

const link = /^http:\/\/localhost:3000\/ar\/invitation\/[\w-]{43}$/m

test('people are added, given roles and listed from the terminal', slow, async () => {
  await using hub = await anInstallation({ running: true })
  expect((await hub.run(['user', 'list'])).out).toBe('Nobody has an account yet.\n')
  const added = await hub.run([
    'user',
    'add',
    'Amina@Example.org',
    '--name',
    'Amina\u202e',
    '--lang',
    'ar',
    '--role',
    'admin',
  ])
  expect([added.code, added.err, link.test(added.out)]).toEqual([0, '', true])
  expect(added.out.startsWith('amina@example.org was added.\n')).toBe(true)

  const again = await hub.run([
    'user',
    'add',
    'amina@example.org',
    '--lang',
    'ar',
    '--role',
    'translator',
    '--scope',
    'ar',
  ])
  expect([again.code, link.test(again.out), link.exec(again.out)?.[0] === link.exec(added.out)?.[0]]).toEqual([
    0,
    true,
    false,
  ])
  expect(await people(hub)).toMatchObject([
    {
      email: 'amina@example.org',
      name: 'Amina',
      lang: 'ar',
      grants: [
        { role: 'admin', scope: '*' },
        { role: 'translator', scope: 'ar' },
      ],
    },
  ])
  const listed = await hub.run(['user', 'list'])
  expect(listed.out).toBe('amina@example.org  Amina  admin, translator for ar\n')
})

test('roles are given and taken; the only administrator stays one', slow, async () => {
  await using hub = await anInstallation({ running: true })
  await hub.run(['user', 'add', 'amina@example.org', '--role', 'admin'])
  const role = async (...args: string[]) => hub.run(['user', 'role', 'amina@example.org', ...args])

  expect(await role('editor')).toEqual({ code: 0, out: 'amina@example.org has the role editor.\n', err: '' })
  expect(await role('editor', '--remove')).toEqual({
    code: 0,
    out: 'amina@example.org no longer has the role editor.\n',
    err: '',
  })
  const last = await role('admin', '--remove')
  expect([last.code, last.err]).toEqual([
    1,
    'amina@example.org is the only administrator. Give somebody else that role first.\n',
  ])
  expect((await people(hub)).map(({ grants }) => grants)).toEqual([[{ role: 'admin', scope: '*' }]])
})

test('what cannot be is refused in a sentence', slow, async () => {
  await using hub = await anInstallation({ running: true })
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['add', 'not an address'], /^“not an address” is not an e-mail address\.\n$/],
    [['add', 'a@b.org', '--role', 'emperor'], /^“emperor” is no role/],
    [['add', 'a@b.org', '--role', 'editor', '--scope', 'fr'], /^“editor” for “fr” is no role/],
    [['add', 'a@b.org', '--lang', 'tlh'], /^The hub does not speak “tlh”; it speaks en, /],
    [['role', 'nobody@example.org', 'editor'], /^There is no account with the address nobody@example\.org\.\n$/],
  ]
  for (const [args, message] of wrong) {
    const { code, out, err } = await hub.run(['user', ...args])
    expect([args, code, out, message.test(err)]).toEqual([args, 1, '', true])
  }
  expect(await people(hub)).toEqual([])
})
