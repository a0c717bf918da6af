import type { HttpBindings } from '@hono/node-server'

/** What every handler finds in its context. Features add their own: `type PageEnv = HubEnv & { Variables: … }`. */
export type HubEnv = {
  /** Node's own request and response; missing when the app is called in memory. */
  Bindings: Partial<HttpBindings>
  Variables: {
    requestId: string
    /** Language of the path, else the one negotiated by Accept-Language; always one of the hub's. */
    lang: string
    /** A handler may set it: the answer is right until this instant (UTC ISO), and the page cache forgets it then. */
    validUntil?: string
    /** What a page says of itself to whoever counts pages, from memory too. */
    note?: string
    /** Pattern of the route that has answered, where another says so than the router. */
    route?: string
    /** The path as the log may know it, where the true one holds a secret. */
    loggedPath?: string
    /** How the page cache had it, for log and metrics. */
    cacheOutcome?: 'hit' | 'miss' | 'bypass'
  }
}
