import { hasAnyRole, hasRole, type Actor } from '#features/accounts/index.ts'

const everywhere = ['editor', 'admin'] as const

/** The translation desk is for translators, of whatever language, and for those who edit everything. */
export function canUseTranslationDesk(actor: Actor | null): actor is Actor {
  return hasAnyRole(actor, ['translator', ...everywhere])
}

/** Whether somebody may write texts in a language: its translators, and those who edit everything. */
export function canTranslate(actor: Actor | null, lang: string): actor is Actor {
  return hasRole(actor, 'translator', lang) || hasAnyRole(actor, everywhere)
}

/** Whoever may write a language may hand its texts to an agency and bring them back. */
export function canExchange(actor: Actor | null, lang: string): actor is Actor {
  return canTranslate(actor, lang)
}

/** Whoever may write a language may have a machine try first. */
export function canAskMachine(actor: Actor | null, lang: string): actor is Actor {
  return canTranslate(actor, lang)
}
