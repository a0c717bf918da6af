import type { TestHub } from '#testing/hub.ts'
import { keepPassword } from './passwords.ts'
import { findUser } from './store.ts'

export const password = 'a bridge over four rivers'

/** What a browser keeps of answers: their cookies, as it would send them back. */
export function cookieOf(...responses: readonly Response[]): string {
  const kept = new Map<string, string>()
  for (const cookie of responses.flatMap(({ headers }) => headers.getSetCookie())) {
    const [pair = ''] = cookie.split(';')
    const name = pair.slice(0, pair.indexOf('='))
    if (/max-age=0/i.test(cookie)) kept.delete(name)
    else kept.set(name, pair)
  }
  return [...kept.values()].join('; ')
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Somebody with a password who has not signed in. */
export async function aPerson(hub: TestHub, name = 'Amina Diallo', lang = 'en'): Promise<Person> {
  const { actor } = await hub.as(['member'], { name, lang })
  await keepPassword(hub.accountDeps, actor.id, password)
  await hub.kysely.deleteFrom('visit').where('user_id', '=', actor.id).execute()
  const user = await findUser(hub.accountDeps.accounts, actor.id)
  return { id: actor.id, name, email: user?.email ?? '' }
}

/** Signs somebody in by their password; resolves to the cookie of their visit. */
export async function enter(hub: TestHub, { email }: Person, with_ = password): Promise<string> {
  return cookieOf(await hub.post('/en/sign-in', { email, password: with_ }))
}

/** The last link that was sent, as a path. */
export async function lastLink(hub: TestHub): Promise<string> {
  const body = (await hub.mails()).at(-1)?.body ?? ''
  const link = /https:\/\/hub\.example(\/\S+)/.exec(body)?.[1]
  if (link === undefined) throw new Error('No link was sent')
  return link
}

/** The token of a link. */
export const tokenOf = (link: string): string => new URL(link, 'https://hub.example').searchParams.get('token') ?? ''
