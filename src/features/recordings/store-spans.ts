import { sql } from 'kysely'
import { offeredCues, type OfferedCaptions } from './care/store-offered.ts'
import type { Span } from './domain.ts'
import type { RecordingDb } from './store.ts'
import { cueColumns, inPart, type NumberedCue } from './store-cues.ts'

/** The lines of a track of which something is spoken from a time up to, not at, another (milliseconds), the first of them. */
export async function listCuesWithin(
  db: RecordingDb,
  captions: OfferedCaptions,
  { from, to }: { readonly from: number; readonly to: number },
  limit: number,
): Promise<NumberedCue[]> {
  const rows = await db
    .selectFrom(offeredCues(db, captions))
    .select(cueColumns.as('cue'))
    .where('starts_at', '<', to)
    .where((where) => where.or([where('ends_at', '>', from), where('starts_at', '>=', from)]))
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => row.cue)
}

/** The first lines of a track, or of a part of it, that have some words in them, whatever their accents and capitals; the words as `foldWords` leaves them. */
export async function listCuesWith(
  db: RecordingDb,
  captions: OfferedCaptions,
  { part, folded, limit }: { readonly part: Span | null; readonly folded: string; readonly limit: number },
): Promise<NumberedCue[]> {
  const plain = sql`lower(regexp_replace(normalize(body, NFKD), '[\u0300-\u036f\u064b-\u0655\u0670]', '', 'g'))`
  const rows = await db
    .selectFrom(offeredCues(db, captions))
    .select(cueColumns.as('cue'))
    .where(inPart(part))
    .where(sql<boolean>`strpos(${plain}, ${folded}) > 0`)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => row.cue)
}
