import { sql } from 'kysely'
import type { Day, Instant } from '#platform/time.ts'
import type { SearchDb } from '../store-index.ts'
import { bounds, type QuestionCounts, type WantedThing } from './domain.ts'

/** Words that were asked for on pages of a language. */
interface AskedWords {
  readonly lang: string
  readonly words: string
}

/** Different questions of a day; what somebody makes up beyond is not kept. */
const MOST_A_DAY = 3000

/** Adds counts to those of a day. One statement. */
export async function addQuestions(
  db: SearchDb,
  rows: readonly (AskedWords & QuestionCounts)[],
  day: Day,
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as row(lang text, words text, asked int, empty int, opened int)
    ), known as (
      select lang, words from search_question where day = ${day}::date
    ), fresh as (
      select * from given where (lang, words) not in (select lang, words from known)
      limit greatest(0, ${MOST_A_DAY} - (select count(*) from known))
    )
    insert into search_question (lang, words, day, asked, empty, opened)
    select lang, words, ${day}::date, asked, empty, opened from fresh
    union all
    select lang, words, ${day}::date, asked, empty, opened from given
      where (lang, words) in (select lang, words from known)
    on conflict (lang, words, day) do update set
      asked = search_question.asked + excluded.asked,
      empty = search_question.empty + excluded.empty,
      opened = search_question.opened + excluded.opened`.execute(db)
}

/** A question that editors may do something about. */
export interface VainQuestion extends AskedWords {
  readonly asked: number
  readonly opened: number
  readonly lastOn: Day
}

/** Lines of a list. */
const LONGEST = 100

/** What was asked often enough and still found nothing the last time, and what found something that hardly anybody opened. */
export async function listVain(db: SearchDb, kind: 'empty' | 'unopened'): Promise<VainQuestion[]> {
  const isEmpty = sql`max(q.day) filter (where q.empty > 0) is not distinct from max(q.day) filter (where q.asked > 0)`
  const isMeant = kind === 'empty' ? isEmpty : sql`not (${isEmpty}) and sum(q.opened) * 5 < sum(q.asked)`
  const { rows } = await sql<VainQuestion>`
    select q.lang, q.words, sum(q.asked)::int as asked, sum(q.opened)::int as opened,
      max(q.day) filter (where q.asked > 0) as "lastOn"
    from search_question as q left join search_question_away as away on away.lang = q.lang and away.words = q.words
    where away.day is null or q.day > away.day
    group by q.lang, q.words
    having sum(q.asked) >= ${bounds.times} and count(*) filter (where q.asked > 0) >= ${bounds.days} and ${isMeant}
    order by sum(q.asked) - sum(q.opened) desc, max(q.day) desc, q.words, q.lang limit ${LONGEST}`.execute(db)
  return rows
}

/** Puts a question away: it is told again when it is asked in vain on later days. */
export async function putAway(db: SearchDb, { lang, words }: AskedWords, day: Day): Promise<void> {
  await db
    .insertInto('search_question_away')
    .values({ lang, words, day })
    .onConflict((conflict) => conflict.columns(['lang', 'words']).doUpdateSet({ day }))
    .execute()
}

/** Forgets what is old, and sooner what was never asked often enough to be told. */
export async function forgetQuestions(db: SearchDb, now: Instant): Promise<void> {
  const before = (days: number) => new Date(Date.parse(now) - days * 24 * 3600 * 1000).toISOString().slice(0, 10)
  const kept = before(bounds.keptDays)
  await db.deleteFrom('search_question').where('day', '<', kept).execute()
  await db.deleteFrom('search_question_away').where('day', '<', kept).execute()
  await sql`
    delete from search_question as q using (
      select lang, words from search_question group by lang, words
      having max(day) < ${before(bounds.passingDays)}::date
        and (sum(asked) < ${bounds.times} or count(*) filter (where asked > 0) < ${bounds.days})
    ) as passing
    where q.lang = passing.lang and q.words = passing.words`.execute(db)
}

/** More than this nobody gets round to. */
const MOST_WANTED = 200

/** What editors ask others for. */
export interface Wanted extends AskedWords {
  readonly id: number
  readonly what: WantedThing
  readonly note: string
  readonly at: Instant
  readonly actor: string
}

/** Everything that is wanted, the newest first. */
export async function listWanted(db: SearchDb): Promise<Wanted[]> {
  return db
    .selectFrom('search_wanted')
    .select(['id', 'what', 'lang', 'words', 'note', 'at', 'actor'])
    .orderBy('id', 'desc')
    .limit(MOST_WANTED)
    .execute()
}

/** Words that editors would like to see translated, with the language that they are wanted in. */
export async function listTranslationsWanted(db: SearchDb): Promise<Wanted[]> {
  return (await listWanted(db)).filter(({ what }) => what === 'translation')
}

/** Puts something on the list of what is wanted, once. */
export async function addWanted(db: SearchDb, wanted: Omit<Wanted, 'id' | 'note'>): Promise<void> {
  await db
    .insertInto('search_wanted')
    .values({ ...wanted, note: '' })
    .onConflict((conflict) => conflict.columns(['what', 'lang', 'words']).doNothing())
    .execute()
}

/** Notes something on what is wanted; what is gone stays gone. */
export async function noteWanted(db: SearchDb, id: number, note: string): Promise<void> {
  await db.updateTable('search_wanted').set({ note }).where('id', '=', id).execute()
}

/** Takes something off the list. */
export async function endWanted(db: SearchDb, id: number): Promise<void> {
  await db.deleteFrom('search_wanted').where('id', '=', id).execute()
}
