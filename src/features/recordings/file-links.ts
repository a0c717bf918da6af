import { fileHref, type FileLinks, type FileRef } from '#features/files/index.ts'
import { visibleIds, type Reader, type RecordDb } from '#features/records/index.ts'
import type { RecordingDb, VisibleRecordings } from './store.ts'
import { listOpenTracks } from './store-open.ts'

/** The address of a file of a track. */
export type HrefOf = (file: FileRef) => string

interface LinkDeps {
  readonly records: RecordDb
  readonly recordings: RecordingDb
  readonly links: FileLinks
}

const plain: HrefOf = ({ sha256, name }) => fileHref(sha256, name)

/**
 * The addresses of the files of recordings, by the id of the track: those that everybody may have, as they are; the others, to somebody on a
 * visit, as links that expire. One query for who has signed in, none for others.
 */
export async function linksFor(
  { records, recordings, links }: LinkDeps,
  { lang, chain, visit, drafts }: Reader,
  recordingIds: readonly string[],
  seenBy: (reader: Reader) => VisibleRecordings,
): Promise<(trackId: string) => HrefOf> {
  // Drafts are shown in a preview, which is no visit's; their files are for those who edit them.
  if (visit === undefined || drafts !== undefined) return () => plain
  const visitor = { lang, chain, audience: ['public'] }
  const seminars = visibleIds(records, 'seminar', visitor)
  const open = await listOpenTracks(recordings, recordingIds, { ...seenBy(visitor), seminars })
  const linked: HrefOf = (file) => links.hrefFor(visit, file)
  return (trackId) => (open.has(trackId) ? plain : linked)
}
