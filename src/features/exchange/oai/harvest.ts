import type { LibraryDeps } from '#features/library/index.ts'
import type { Reader } from '#features/records/index.ts'

/** What the provider needs to know of the hub. */
export interface OaiContext {
  readonly origin: string
  readonly hubName: string
  /** Whom harvesters write to. */
  readonly adminEmail: string
  /** Records in one answer. */
  readonly pageSize?: number
}

/** A request in the making: what is read from, and for whom. */
export interface Harvest {
  readonly deps: LibraryDeps
  readonly reader: Reader
  readonly context: OaiContext
}

/** What is harvested. */
export const kind = 'publication'

/** A point in time as the protocol writes it, to the second. */
export const toStamp = (instant: string) => `${instant.slice(0, 19)}Z`

/** What stands before the id of each record of this hub. */
export const prefixOf = ({ context }: Harvest) => `oai:${new URL(context.origin).hostname}:`
