import { sql } from 'kysely'
import type { RecordingDb } from '../store.ts'
import { silenced, type CueRules } from './domain.ts'

/** Captions whose lines are read, with what may be read of them: a track as `listSessionRecordings` gives it. */
export interface OfferedCaptions {
  readonly id: string
  readonly rules: CueRules
}

/**
 * The lines of captions as they may be read outside the desk, for queries: those that were taken down, and those of people who have not
 * agreed, hold neither words nor a name. Every line that leaves the hub is read through this; the table itself is the desk's.
 */
export function offeredCues(db: RecordingDb, { id, rules: { spans, speakers } }: OfferedCaptions) {
  const starts = spans.map(({ startsAt }) => startsAt)
  const ends = spans.map(({ endsAt }) => endsAt)
  // A line without a length lies in the span that it begins in.
  const taken = sql`exists (
    select 1 from unnest(${starts}::int[], ${ends}::int[]) as span (starts, ends)
    where cue.starts_at < span.ends and greatest(cue.ends_at, cue.starts_at + 1) > span.starts)`
  const kept = speakers === null ? sql`true` : sql`coalesce(cue.speaker = any(${[...speakers]}::text[]), false)`
  const open = sql`(${kept} and not ${taken})`
  return db
    .selectFrom('cue')
    .select(['number', 'starts_at', 'ends_at', 'settings'])
    .select(sql<string | null>`case when ${open} then identifier end`.as('identifier'))
    .select(sql<string | null>`case when ${open} then speaker end`.as('speaker'))
    .select(sql<string>`case when ${open} then body else ${silenced} end`.as('body'))
    .where('track_id', '=', id)
    .as('offered')
}
