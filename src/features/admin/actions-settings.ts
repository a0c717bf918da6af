import { listSecondFactorRoles, requireSecondFactor, roles, type Actor, type Role } from '#features/accounts/index.ts'
import { readHubSettings, retentions, type HubSettings, type Kept } from '#features/hub/index.ts'
import { saveSetting } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import type { AdminDeps, By } from './deps.ts'
import { handlesOf, inTransaction } from './handles.ts'
import { moveLanguage, type LanguageMove } from './settings.ts'

type SettingDeps = Pick<AdminDeps, 'db' | 'now' | 'interfaceLanguages' | 'changed'>

/** The settings, with the languages as the hub has them: those chosen that have a catalogue, else all. */
export async function readSettingsToEdit({ db, interfaceLanguages }: SettingDeps): Promise<HubSettings> {
  const settings = await readHubSettings(handlesOf(db).records)
  const chosen = settings.languages.filter((lang) => interfaceLanguages.includes(lang))
  return { ...settings, languages: chosen.length > 0 ? chosen : interfaceLanguages }
}

/** Moves, adds or takes away a language of the interface; false when that cannot be done. */
export async function changeLanguages(deps: SettingDeps, { actor }: By, move: LanguageMove): Promise<boolean> {
  const { languages: before } = await readSettingsToEdit(deps)
  const languages = moveLanguage(before, move, deps.interfaceLanguages)
  if (languages === null) return false
  await inTransaction(deps.db, async (tx) => {
    await saveSetting(tx.records, 'languages', languages)
    const detail = { before: [...before], after: [...languages] }
    await writeAudit(tx.audit, { at: deps.now(), actor, deed: 'settings.change', subject: 'languages', detail })
  })
  deps.changed()
  return true
}

export interface SettingChoice {
  readonly zone: string
  readonly retention: Readonly<Record<Kept, number>>
}

/** Saves what has changed of the settings, each with a line in the audit log. */
export async function changeSettings(deps: SettingDeps, { actor }: By, choice: SettingChoice): Promise<void> {
  const before = flatten(await readSettingsToEdit(deps))
  const wanted = Object.entries(flatten(choice))
  const changes = wanted.filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value))
  if (changes.length === 0) return
  await inTransaction(deps.db, async (tx) => {
    for (const [key, value] of changes) {
      await saveSetting(tx.records, key, value)
      const detail = { before: before[key] ?? null, after: value }
      await writeAudit(tx.audit, { at: deps.now(), actor, deed: 'settings.change', subject: key, detail })
    }
  })
  deps.changed()
}

/** Changes for which roles a second factor is asked; accounts keep their own log of it. */
export async function changeSecondFactor(
  { accounts }: Pick<AdminDeps, 'accounts'>,
  actor: Actor | null,
  wanted: readonly Role[],
): Promise<void> {
  const before = await listSecondFactorRoles(accounts.accounts)
  for (const role of roles) {
    const isWanted = wanted.includes(role)
    if (isWanted !== before.includes(role)) await requireSecondFactor(accounts, actor, role, isWanted)
  }
}

type Flat = Record<string, string | number | readonly string[]>

/** The settings as they are kept: a key for each. */
function flatten({ zone, retention }: SettingChoice): Flat {
  const kept = Object.keys(retentions).map((name) => [`retention.${name}`, retention[name as Kept]] as const)
  return { zone, ...Object.fromEntries(kept) }
}
