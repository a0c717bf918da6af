import type { Context } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { TranslationDeps } from './deps.ts'
import { canTranslate } from './policy.ts'

export type DeskCall = Context<PageEnv>

/** A language that this person writes, else there is no such page. */
export function requireLanguage(deps: TranslationDeps, c: DeskCall, lang: string): string {
  if (!deps.languages.includes(lang) || !canTranslate(c.var.actor, lang)) throw new NotFoundError()
  return lang
}
