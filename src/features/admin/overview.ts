import { listPeople, listPendingInvitations, type Actor } from '#features/accounts/index.ts'
import { listTermsThere } from '#features/taxonomy/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { countMessages } from '#platform/mail/index.ts'
import { formatInstant } from '#platform/time.ts'
import { formatList, type PageContext } from '#ui/index.ts'
import { listAuditLines } from './audit.ts'
import { readSettingsToEdit } from './actions-settings.ts'
import type { AdminDeps } from './deps.ts'
import { handlesOf } from './handles.ts'
import {
  canChangeRedirects,
  canChangeSettings,
  canEditVocabularies,
  canManagePeople,
  canReadAudit,
  canSeeHealth,
  canUseOutbox,
} from './policy.ts'
import { countRedirects } from './store-redirects.ts'
import type { AreaLine } from './views/overview-page.tsx'

/** The areas that are somebody's to look after, each with its state. */
export async function readAreas(deps: AdminDeps, actor: Actor | null, context: PageContext): Promise<AreaLine[]> {
  const areas = [
    ...(canManagePeople(actor) ? [peopleLine(deps, context)] : []),
    ...(canChangeSettings(actor) ? [settingsLine(deps, context)] : []),
    ...(canEditVocabularies(actor) ? [vocabulariesLine(deps, context)] : []),
    ...(canChangeRedirects(actor) ? [redirectsLine(deps, context)] : []),
  ]
  if (canUseOutbox(actor)) areas.push(outboxLine(deps, context))
  if (canReadAudit(actor)) areas.push(auditLine(deps, context))
  if (canSeeHealth(actor)) areas.push(jobsLine(deps, context), healthLine(deps, context))
  return Promise.all(areas)
}

async function peopleLine({ accounts: { accounts } }: AdminDeps, { t }: PageContext): Promise<AreaLine> {
  const { total } = await listPeople(accounts)
  const invitations = (await listPendingInvitations(accounts)).length
  const state = `${t('admin.people.count', { count: total })} · ${t('admin.people.invited', { count: invitations })}`
  return { path: 'people', title: 'admin.people.title', state }
}

async function outboxLine({ db }: AdminDeps, { t }: PageContext): Promise<AreaLine> {
  const { waiting, failed } = await countMessages(handlesOf(db).mail)
  const states = [
    t('admin.outbox.count.waiting', { count: waiting }),
    t('admin.outbox.count.failed', { count: failed }),
  ]
  return { path: 'outbox', title: 'admin.outbox.title', state: states.join(' · '), urgent: failed > 0 }
}

async function auditLine(deps: AdminDeps, { t, lang, hub }: PageContext): Promise<AreaLine> {
  const [last] = await listAuditLines(deps, {}, { after: null, limit: 1 })
  const state = last ? t('admin.audit.last', { at: formatInstant(last.at, lang, hub.timeZone) }) : t('admin.audit.none')
  return { path: 'audit', title: 'admin.audit.title', state }
}

async function jobsLine(deps: AdminDeps, { t }: PageContext): Promise<AreaLine> {
  const jobs = await deps.jobs()?.list()
  const failed = jobs?.filter(({ state }) => state === 'failed').length ?? 0
  const state = jobs ? t('admin.jobs.failed', { count: failed }) : t('admin.jobs.notBegun')
  return { path: 'jobs', title: 'admin.jobs.title', state, urgent: failed > 0 }
}

async function healthLine(deps: AdminDeps, { t }: PageContext): Promise<AreaLine> {
  const count = (await deps.readHealth()).filter(({ level }) => level !== 'ok').length
  return { path: 'health', title: 'admin.health.title', state: t('admin.health.state', { count }), urgent: count > 0 }
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
