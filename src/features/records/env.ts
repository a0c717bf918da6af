import type { Actor, VisitOf } from '#features/accounts/index.ts'
import type { PageContext } from '#ui/context.ts'
import type { Reader } from './domain.ts'

/** What every handler of a page finds in its context; the composition root puts it there. */
export interface PageVariables {
  requestId: string
  /** The page's language. */
  lang: string
  reader: Reader
  /** Who has signed in; null: a visitor. */
  actor: Actor | null
  /** The signed-in period this request belongs to. */
  visit: VisitOf | null
  page: PageContext
  /** The page, with the names of those of these accounts that agreed to be named as translators. */
  credit: (translators: readonly string[]) => Promise<PageContext>
  /** Until when the answer may be kept, where the clock changes what it says. */
  validUntil?: string
  /** What a page says of itself to whoever counts pages. */
  note?: string
  /** The path as the log may know it, where the true one holds a secret. */
  loggedPath?: string
}

export type PageEnv = { Variables: PageVariables }
