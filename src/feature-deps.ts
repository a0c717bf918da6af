import {
  createAccounts,
  readAccountNames,
  type AccountDeps,
  type AccountTables,
  type SignOn,
} from '#features/accounts/index.ts'
import type { AdminDeps } from '#features/admin/index.ts'
import type { DeskDeps, DeskKind, DeskTables } from '#features/desk/index.ts'
import { directoryKinds } from '#features/directory/index.ts'
import { handlesOf, importTools } from '#features/exchange/index.ts'
import { deleteUploadsOf } from '#features/files/index.ts'
import { hubKind } from '#features/hub/index.ts'
import { libraryKinds, mergingTools } from '#features/library/index.ts'
import { listDeeds, moveHubVersion, type RecordTables } from '#features/records/index.ts'
import { recordingKinds } from '#features/recordings/index.ts'
import { searchTools } from '#features/search/index.ts'
import { seminarKinds } from '#features/seminars/index.ts'
import { seriesKinds } from '#features/series/index.ts'
import { taxonomyKinds } from '#features/taxonomy/index.ts'
import { readSender } from '#platform/mail/index.ts'
import type { Config } from './config.ts'
import { readHealth } from './health.ts'
import type { HubParts, Wiring } from './wiring.ts'

/** Tables as Kysely adds them to a handle. */
type Columns<T> = { [Table in keyof T]: { [Column in keyof T[Table]]: T[Table][Column] } }

/** What accounts need, with what the rest of the hub knows of a person. */
export function accountDepsOf(
  parts: HubParts,
  { languages, hubName, changed }: Pick<AccountDeps, 'languages' | 'hubName' | 'changed'>,
): AccountDeps {
  return createAccounts({
    accounts: parts.database.kysely.$pickTables<keyof AccountTables>(),
    now: parts.now,
    origin: parts.config.HUB_ORIGIN,
    secret: parts.secret,
    languages,
    sayIn: parts.catalogues.translator,
    hubName,
    moveVersion: async (tx) =>
      moveHubVersion(tx.$extendTables<Columns<RecordTables>>().$pickTables<keyof RecordTables>()),
    changed,
    mailQueued: parts.mailQueued ?? (() => undefined),
    signOn: signOnOf(parts.config),
    forgetMore: async (userId) => deleteUploadsOf(handlesOf(parts.database.kysely).files, userId),
    moreOf: async (userId) => ({ history: await listDeeds(parts.database.kysely.$pickTables(), userId) }),
    onFault: (message) => parts.log.error(message),
  })
}

/** The address that the hub's mail comes from; without one, the usual one of its host. */
export function adminEmailOf({ MAIL_FROM, HUB_ORIGIN }: Config): string {
  return readSender(MAIL_FROM ?? '')?.address ?? `webmaster@${new URL(HUB_ORIGIN).hostname}`
}

/** The sign-on of the settings, or null. */
function signOnOf(config: Config): SignOn | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_NEW_PEOPLE } = config
  if (issuer === undefined || clientId === undefined) return null
  const name = OIDC_NAME ?? new URL(issuer).host
  return { issuer, clientId, clientSecret: OIDC_CLIENT_SECRET ?? null, name, newPeople: OIDC_NEW_PEOPLE }
}

/** What the administration needs. */
export function adminDeps(
  { http, accountDeps, languages, origin }: Wiring,
  { config, database, catalogues, now, jobs }: HubParts,
): AdminDeps {
  return {
    accounts: accountDeps,
    db: database.kysely,
    now,
    origin,
    languages,
    interfaceLanguages: catalogues.languages,
    changed: http.forgetVersion,
    jobs: jobs ?? (() => null),
    readHealth: async () => readHealth({ config, database, cache: http.cache }),
  }
}

/** The desk, and what each feature declares of its kinds of records. */
export function deskDeps({ deps, accountDeps, languages, http }: Wiring, parts: HubParts): DeskDeps {
  const kinds: readonly DeskKind[] = [
    ...seminarKinds(deps),
    ...recordingKinds(parts.catalogues.translator),
    ...seriesKinds,
    ...libraryKinds(deps),
    ...directoryKinds,
    ...taxonomyKinds,
    hubKind,
  ]
  return {
    records: deps.records,
    desk: parts.database.kysely.$pickTables<keyof DeskTables>(),
    files: handlesOf(parts.database.kysely).files,
    store: parts.files,
    kinds: new Map(kinds.map((kind) => [kind.kind, kind])),
    tools: [...importTools, ...mergingTools, ...searchTools],
    languages,
    zone: parts.settings.zone,
    now: deps.now,
    onChange: () => {
      http.forgetVersion()
      parts.filesQueued?.()
    },
    nameActors: async (ids) => readAccountNames(accountDeps.accounts, ids),
  }
}
