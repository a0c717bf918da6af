import type { Context as AnyContext } from 'hono'
import type { LibraryDeps } from '#features/library/index.ts'
import { findBySlug, idsWithConcept, type Reader, type RecordIds } from '#features/records/index.ts'
import { idsInSeries } from '#features/series/index.ts'
import { findConceptId } from '#features/taxonomy/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { HubEnv } from '#platform/http/index.ts'

export type Context = AnyContext<HubEnv>

/** What the files of the library are made with. */
export interface CatalogueFileContext {
  readonly deps: LibraryDeps
  readonly origin: string
  readonly languages: readonly string[]
  readonly readerOf: (c: Context) => Reader
  readonly hubName: (reader: Reader) => Promise<string>
  /** The most works of one file, when it is not what its format has. */
  readonly mostWorks?: number
}

/** The part of the library that is asked for: all of it, or `?series=` or `?theme=scheme:notation`. */
export async function narrow(
  deps: LibraryDeps,
  reader: Reader,
  { series, theme }: { readonly series?: string; readonly theme?: string },
): Promise<RecordIds | undefined> {
  if (series !== undefined) {
    const id = await findBySlug(deps.records, 'series', series, reader.lang)
    if (id === null) throw new NotFoundError('series')
    return idsInSeries(deps.series, id)
  }
  if (theme === undefined) return undefined
  const [scheme = '', notation = ''] = theme.split(':')
  const concept = await findConceptId(deps, scheme, notation)
  if (concept === null) throw new NotFoundError('theme')
  return idsWithConcept(deps.records, concept)
}
