import type { Organisation, Programme } from '#features/directory/index.ts'
import type { HubWork } from '#features/library/index.ts'
import type { Recorded, SessionOf } from '#features/recordings/index.ts'
import type { KindName, LinkedRecord, Reader, Texts } from '#features/records/index.ts'
import type { SearchTold } from '#features/search/index.ts'
import type { Phase, Seminar } from '#features/seminars/index.ts'
import type { Concept, Scheme } from '#features/taxonomy/index.ts'
import type { Day, Instant } from '#platform/time.ts'
import type { PublicationFilter } from './publications.ts'

/** What the interface may narrow a list of seminars to. `page` begins at 1. */
export interface SeminarFilter {
  readonly series?: string
  /** Id of a concept. */
  readonly concept?: string
  readonly phase?: Phase
  readonly from?: Day
  readonly to?: Day
  readonly page: number
  readonly limit: number
}

interface SessionFilter {
  readonly seminar?: string
  readonly from?: Day
  readonly to?: Day
  readonly page: number
  readonly limit: number
}

/** A record as it is stored, with the links this reader may see. */
export interface RecordSource {
  readonly id: string
  readonly kind: KindName
  readonly sourceLang: string
  readonly texts: Texts
  readonly links: readonly LinkedRecord[]
  readonly synthetic: boolean
  readonly version: number
  readonly publishedAt: Instant | null
  readonly updatedAt: Instant
}

/** One page of a list, how many there are in all, and until when it holds (phases follow the clock). */
export interface Page<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly validUntil?: Instant | null
}

/** All that the interface needs of the hub. What a reader may not see is not given. */
export interface ApiDeps {
  /** `https://hub.example`, without a slash at its end. */
  readonly origin: string
  /** Languages of the hub's pages; the first is its own. */
  readonly languages: readonly [string, ...string[]]
  readonly listSeminars: (reader: Reader, filter: SeminarFilter) => Promise<Page<Seminar>>
  readonly readSeminar: (reader: Reader, id: string) => Promise<{ seminar: Seminar; validUntil: Instant | null } | null>
  /** Sessions by their seminar and number, in order of their seminar's days. */
  readonly listSessions: (reader: Reader, filter: SessionFilter) => Promise<Page<{ seminar: Seminar; number: number }>>
  readonly findSession: (id: string) => Promise<{ seminarId: string; number: number } | null>
  /** What was recorded of sessions, by session. */
  readonly listRecorded: (
    reader: Reader,
    sessions: readonly SessionOf[],
  ) => Promise<ReadonlyMap<string, readonly Recorded[]>>
  readonly listProgrammes: (reader: Reader) => Promise<readonly Programme[]>
  readonly listOrganisations: (reader: Reader) => Promise<readonly Organisation[]>
  readonly listPublications: (reader: Reader, filter: PublicationFilter) => Promise<Page<HubWork>>
  readonly readPublication: (reader: Reader, id: string) => Promise<HubWork | null>
  readonly listSchemes: () => Promise<readonly Scheme[]>
  readonly listConcepts: (scheme?: string) => Promise<readonly Concept[]>
  readonly readRecord: (reader: Reader, id: string) => Promise<RecordSource | null>
  /** A page of what is found; throws `InvalidInputError` where a value of the query means nothing to the search. */
  readonly search: (reader: Reader, query: (name: string) => string, limit: number) => Promise<SearchTold>
  /** The record that one was merged into which this reader could see, or null. */
  readonly findLater: (reader: Reader, id: string) => Promise<string | null>
}
