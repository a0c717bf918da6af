import type { Actor } from '#features/accounts/index.ts'
import { listTermsThere } from '#features/taxonomy/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { formatList, type PageContext } from '#ui/index.ts'
import { readSettingsToEdit } from './actions-settings.ts'
import type { AdminDeps } from './deps.ts'
import { handlesOf } from './handles.ts'
import { canChangeRedirects, canChangeSettings, canEditVocabularies } from './policy.ts'
import { countRedirects } from './store-redirects.ts'
import type { AreaLine } from './views/overview-page.tsx'

/** The areas that are somebody's to look after, each with its state. */
export async function readAreas(deps: AdminDeps, actor: Actor | null, context: PageContext): Promise<AreaLine[]> {
  const areas = [
    ...(canChangeSettings(actor) ? [settingsLine(deps, context)] : []),
    ...(canEditVocabularies(actor) ? [vocabulariesLine(deps, context)] : []),
    ...(canChangeRedirects(actor) ? [redirectsLine(deps, context)] : []),
  ]
  return Promise.all(areas)
}

async function settingsLine(deps: AdminDeps, { t, lang }: PageContext): Promise<AreaLine> {
  const { languages, zone } = await readSettingsToEdit(deps)
  const names = formatList(
    languages.map((one) => languageName(one, lang)),
    lang,
  )
  return { path: 'settings', title: 'admin.settings.title', state: t('admin.settings.state', { names, zone }) }
}

async function vocabulariesLine({ db }: AdminDeps, { t }: PageContext): Promise<AreaLine> {
  const count = (await listTermsThere(handlesOf(db), '')).schemes.length
  return { path: 'vocabularies', title: 'admin.vocabularies.title', state: t('admin.vocabularies.count', { count }) }
}

async function redirectsLine({ db }: AdminDeps, { t }: PageContext): Promise<AreaLine> {
  const count = await countRedirects(handlesOf(db).admin)
  return { path: 'redirects', title: 'admin.redirects.title', state: t('admin.redirects.count', { count }) }
}
