import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Who is at the sign-on, as it tells the hub. */
export interface SignOnPerson {
  readonly sub: string
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
}

export interface TestSignOn extends AsyncDisposable {
  readonly issuer: string
  /** Who sits before it from now on. */
  person: SignOnPerson
  /** Goes the way of a browser from an address of the sign-on to the one that leads back to the hub. */
  follow(url: string): Promise<string>
}

/** An OpenID Connect provider on this machine, at which one person is signed in and agrees to everything. */
export async function aSignOn(): Promise<TestSignOn> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const state: { person: SignOnPerson } = {
    person: { sub: 'u1', email: 'amina@ministry.example', email_verified: true, name: 'Amina' },
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'hub',
        client_secret: 'the secret of the hub at the sign-on',
        redirect_uris: ['https://hub.example/auth/callback/sign-on'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/agree' },
    cookies: { keys: ['a key for the cookies of the tests'] },
    findAccount: () => ({ accountId: state.person.sub, claims: () => state.person }),
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url !== '/agree') return answer(request, response)
    void agree(provider, state.person.sub, request, response)
  })
  return {
    issuer,
    get person() {
      return state.person
    },
    set person(person) {
      state.person = person
    },
    follow: async (url) => follow(url, issuer),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

type Call = Parameters<Provider['interactionDetails']>

async function agree(provider: Provider, accountId: string, ...[request, response]: Call): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const grant = new provider.Grant({ accountId, clientId: params['client_id'] })
  grant.addOIDCScope(params['scope'] ?? 'openid')
  const grantId = await grant.save()
  await provider.interactionFinished(request, response, { login: { accountId, remember: false }, consent: { grantId } })
}

async function follow(start: string, issuer: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = start
  for (let steps = 0; steps < 10; steps += 1) {
    if (!url.startsWith(issuer)) return url
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`The sign-on answered ${response.status}: ${await response.text()}`)
    url = new URL(location, url).href
  }
  throw new Error('The sign-on leads in circles')
}
