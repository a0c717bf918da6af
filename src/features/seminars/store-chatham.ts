import { sql, type RawBuilder } from 'kysely'

/**
 * Whether what was captured of some sessions of a seminar holds one under the Chatham House Rule, for queries: one of them, one that lies
 * among them in the agenda, or any of the seminar's where none is named.
 */
export function holdsChathamHouse(seminarId: RawBuilder<string>, sessionIds: RawBuilder<unknown>): RawBuilder<boolean> {
  const bound = (which: 'min' | 'max') =>
    sql`coalesce((select ${sql.raw(which)}(captured.number) from session as captured where captured.id in ${sessionIds}), ruled.number)`
  return sql<boolean>`exists (
    select from session as ruled
    where ruled.chatham_house and ruled.seminar_id = ${seminarId} and ruled.number between ${bound('min')} and ${bound('max')})`
}

/** Whether a material is a recording that holds a session under the Chatham House Rule, for queries of `material`. */
export const isChathamHouseRecording = sql<boolean>`(material.kind = 'recording' and ${holdsChathamHouse(
  sql`material.seminar_id`,
  sql`(select material.session_id)`,
)})`
