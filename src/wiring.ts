import type { MiddlewareHandler } from 'hono'
import type { AccountDeps } from '#features/accounts/index.ts'
import type { HitCounter, JobDesk } from '#features/admin/index.ts'
import type { HubSettings } from '#features/hub/index.ts'
import type { LibraryDeps } from '#features/library/index.ts'
import type { Reader, ViewCounter } from '#features/records/index.ts'
import type { RecordingDeps } from '#features/recordings/index.ts'
import type { QuestionCounter, SearchDeps } from '#features/search/index.ts'
import type { Database } from '#platform/db/index.ts'
import type { FileStore, Spool } from '#platform/files/index.ts'
import type { Assets, Http, HubEnv, Languages, Successor } from '#platform/http/index.ts'
import type { Catalogues } from '#platform/i18n/index.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import type { PdfCompiler } from '#platform/pdf/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Config } from './config.ts'
import type { HubTables } from './schema.ts'

/** Everything the hub is made of. */
export interface HubParts {
  readonly config: Config
  readonly database: Pick<Database<HubTables>, 'kysely' | 'ping' | 'engine' | 'version'>
  readonly settings: HubSettings
  readonly files: FileStore
  /** Where files wait that are sent in parts. */
  readonly spool: Spool
  readonly catalogues: Catalogues
  readonly assets: Assets
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Instant
  /** Makes PDF of documents; the caller stops it. */
  readonly pdf: PdfCompiler
  /** Signs the cookies of visits; the same in every process of this hub. */
  readonly secret: string
  /** Told when there is mail to send. */
  readonly mailQueued?: () => void
  /** Told when there is a catalogue to compare or to write. */
  readonly catalogueQueued?: () => void
  /** Told when other spans of a recording are taken down than before. */
  readonly cutsQueued?: () => void
  /** Told when something was saved at the desk, which may have new files. */
  readonly filesQueued?: () => void
  /** The jobs, once they have begun. */
  readonly jobs?: () => JobDesk | null
  /** Counts how often addresses of a former site are asked for; the caller has it write down what it counted. */
  readonly hits: HitCounter
  /** Counts how often the pages of records are read; written down by the caller as well. */
  readonly views: ViewCounter
  /** Counts what is searched for in vain; written down by the caller as well. */
  readonly questions: QuestionCounter
  /** How the hub follows its settings. */
  readonly live?: {
    /** Told of the hub version when it was looked at. */
    readonly onVersion: (version: number) => Promise<void>
    /** The hub that has taken this one's place. */
    readonly successor: Successor
  }
  /** Bytes of the page cache; 0 switches it off. */
  readonly cacheBytes?: number
  /** Milliseconds of a clock that never goes back. */
  readonly ticks?: () => number
}

/** A hub that was made: its side to the network, and what everything about accounts needs. */
export interface MadeHub {
  readonly http: Http
  readonly accountDeps: AccountDeps
}

/** As much of a request as tells who reads. */
export interface Asking {
  readonly var: { readonly lang: string }
  readonly req: { header(name: 'accept-language'): string | undefined }
}

/** The search as pages and programs share it: one index, and one count of who asks how often. */
export interface SearchDoor {
  readonly deps: SearchDeps
  readonly limit: MiddlewareHandler<HubEnv>
}

/** What the parts of the composition share. */
export interface Wiring {
  readonly http: Http
  readonly deps: RecordingDeps & LibraryDeps
  readonly accountDeps: AccountDeps
  readonly search: SearchDoor
  readonly languages: Languages
  readonly origin: string
  /** Whom programs' keepers write to. */
  readonly adminEmail: string
  /** Somebody who has not signed in, by the language of the page and what their browser accepts. */
  readonly visitor: (c: Asking) => Reader
}

/** The languages of the interface: those the hub wants that have a catalogue, in its order; all, when it wants none. */
export function orderLanguages(catalogues: Catalogues, wanted: readonly string[]): Languages {
  const known = wanted.filter((lang) => catalogues.languages.includes(lang))
  const [first = 'en', ...rest] = new Set(known.length > 0 ? known : catalogues.languages)
  return [first, ...rest]
}
