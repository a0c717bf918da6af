import type { MessageKey, Translate } from '#platform/i18n/index.ts'

/** Deeds that nobody who signs in has done. */
const without: Readonly<Record<string, MessageKey>> = {
  seed: 'actor.seed',
  import: 'actor.import',
  cli: 'actor.terminal',
}

/** What whoever did something is called: by their name, as a former member, or by what the hub did by itself. */
export function actorName(id: string, names: ReadonlyMap<string, string>, t: Translate): string {
  const name = names.get(id)
  if (name !== undefined) return name
  if (id.startsWith('usr_')) return t('actor.former')
  const key = without[id]
  return key === undefined ? id : t(key)
}
