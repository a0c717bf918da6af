import { Hono, type Context } from 'hono'
import { listSecondFactorRoles } from '#features/accounts/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { InvalidInputError } from '#platform/errors.ts'
import { readForm } from '#platform/forms.ts'
import { freshForm, renderPage, to, type FormState } from '#ui/index.ts'
import { changeLanguages, changeSecondFactor, changeSettings, readSettingsToEdit } from './actions-settings.ts'
import type { AdminDeps } from './deps.ts'
import { LanguageForm, SettingsForm } from './forms.ts'
import { canChangeSettings } from './policy.ts'
import { actorOf, doneOf, onlyFor } from './requests.ts'
import { SettingsPage } from './views/settings-page.tsx'

type PageCall = Context<PageEnv>

/** The settings of the hub. */
export function settingsRoutes(deps: AdminDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('/settings/*', onlyFor(canChangeSettings))
    .get('/settings', async (c) => {
      const { zone, retention } = await readSettingsToEdit(deps)
      const secondFactor = await listSecondFactorRoles(deps.accounts.accounts)
      const days = Object.entries(retention).map(([name, value]) => [`retention.${name}`, String(value)] as const)
      const values = { zone, 'secondFactor[]': secondFactor, ...Object.fromEntries(days) }
      return c.html(await settingsPage(deps, c, freshForm(c.var.page, values)))
    })
    .post('/settings', async (c) => {
      const form = await readForm(c.req.raw, SettingsForm)
      if (!form.ok) return c.html(await settingsPage(deps, c, { ...form, context: c.var.page }), 422)
      await changeSettings(deps, actorOf(c), form.value)
      await changeSecondFactor(deps, c.var.actor, form.value.secondFactor)
      return c.redirect(`${to(c.var.page, 'admin/settings')}?done=saved`, 303)
    })
    .post('/settings/languages', async (c) => {
      const form = await readForm(c.req.raw, LanguageForm)
      if (!form.ok || !(await changeLanguages(deps, actorOf(c), form.value.move))) {
        throw new InvalidInputError('move', 'is no step that a language of this hub can take')
      }
      return c.redirect(`${await landing(deps, c)}?done=saved`, 303)
    })
}

/** The page again; in another language when this one has just been taken away. */
async function landing(deps: AdminDeps, c: PageCall): Promise<string> {
  const { languages } = await readSettingsToEdit(deps)
  const lang = languages.includes(c.var.lang) ? c.var.lang : languages[0]
  return `/${lang}/admin/settings`
}

async function settingsPage(deps: AdminDeps, c: PageCall, form: FormState): Promise<string> {
  const { languages } = await readSettingsToEdit(deps)
  const more = deps.interfaceLanguages.filter((lang) => !languages.includes(lang))
  return renderPage(<SettingsPage form={form} languages={languages} more={more} done={doneOf(c)} />)
}
