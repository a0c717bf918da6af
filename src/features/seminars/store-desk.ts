import { sql } from 'kysely'
import { only, orNull, some, type FactProblem, type FactValues } from '#features/desk/index.ts'
import { fileRef, fileTables, findFiles, readFileRef } from '#features/files/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { forgetRecords } from '#features/search/index.ts'
import { readSeriesPlace, writeSeriesPlace } from '#features/series/index.ts'
import type { Access, DatePrecision, MaterialKind, SeminarForm, SeminarMode } from './domain.ts'
import { accesses, forms, materialKinds, modes } from './domain.ts'
import type { SeminarTables } from './schema.ts'
import { readSeminarRows, type SeminarDb } from './store.ts'
import { isChathamHouseRecording } from './store-chatham.ts'

/** The desk hands over the spine's handle, of a transaction too; seminars write their own tables through it. */
export function seminarTables(db: RecordDb): SeminarDb {
  return db.$extendTables<Pick<SeminarTables, keyof SeminarTables>>().$pickTables<keyof SeminarTables>()
}

const oneOf = <T extends string>(known: readonly T[], text: string, otherwise: T): T =>
  known.find((one) => one === text) ?? otherwise

/** What the desk edits of a seminar. */
export async function readSeminarFacts(db: RecordDb, id: string): Promise<FactValues> {
  const [row] = await readSeminarRows(seminarTables(db), [id])
  return {
    form: some(row?.form),
    startsOn: some(row?.starts_on),
    endsOn: some(row?.ends_on),
    precision: some(row?.precision),
    timeZone: some(row?.time_zone),
    mode: some(row?.mode),
    city: some(row?.city),
    country: some(row?.country),
    platform: some(row?.platform),
    access: some(row?.access),
    opensAt: some(row?.registration_opens_at),
    closesAt: some(row?.registration_closes_at),
    registrationUrl: some(row?.registration_url),
    joinUrl: some(row?.join_url),
    ...(await readSeriesPlace(db, id)),
  }
}

/** Writes what the desk edits of a seminar, new or there already. */
export async function writeSeminarFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const access = orNull(facts, 'access')
  const row = {
    form: oneOf<SeminarForm>(forms, only(facts, 'form'), 'seminar'),
    mode: oneOf<SeminarMode>(modes, only(facts, 'mode'), 'online'),
    platform: orNull(facts, 'platform'),
    access: access === null ? null : oneOf<Access>(accesses, access, 'public'),
    starts_on: only(facts, 'startsOn'),
    ends_on: orNull(facts, 'endsOn') ?? only(facts, 'startsOn'),
    precision: oneOf<DatePrecision>(['day', 'month'], only(facts, 'precision'), 'day'),
    time_zone: only(facts, 'timeZone'),
    city: orNull(facts, 'city'),
    country: orNull(facts, 'country'),
    registration_opens_at: orNull(facts, 'opensAt'),
    registration_closes_at: orNull(facts, 'closesAt'),
    registration_url: orNull(facts, 'registrationUrl'),
    join_url: orNull(facts, 'joinUrl'),
  }
  await seminarTables(tx)
    .insertInto('seminar')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await writeSeriesPlace(tx, id, facts)
}

/** The sessions and materials of a seminar, in their order. */
export async function listPartIds(db: RecordDb, seminarId: string): Promise<string[]> {
  const own = seminarTables(db)
  const sessions = await own
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminarId)
    .orderBy('number')
    .execute()
  const materials = await own
    .selectFrom('material')
    .select('id')
    .where('seminar_id', '=', seminarId)
    .orderBy('position')
    .execute()
  return [...sessions, ...materials].map((row) => row.id)
}

/** The seminar of each session or material. */
export async function readSeminarsOf(
  db: RecordDb,
  part: 'session' | 'material',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await seminarTables(db)
    .selectFrom(part)
    .select(['id', 'seminar_id'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.seminar_id]))
}

/** What the desk edits of a session, beyond its place in the agenda. */
export async function readSessionFacts(db: RecordDb, id: string): Promise<FactValues> {
  const own = seminarTables(db)
  const row = await own.selectFrom('session').select('chatham_house').where('id', '=', id).executeTakeFirst()
  return { chathamHouse: row?.chatham_house === true ? ['on'] : [] }
}

/** Writes what the desk edits of a session. */
export async function writeSessionFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  await writeRule(tx, id, only(facts, 'chathamHouse') === 'on')
}

/** Says whether a session is held under the Chatham House Rule. What was said there is not found from then on, until it is read again. */
export async function writeRule(tx: RecordDb, id: string, chatham_house: boolean): Promise<void> {
  await seminarTables(tx).updateTable('session').set({ chatham_house }).where('id', '=', id).execute()
  await forgetRecords(tx, [id])
}

/** What the desk edits of a material. */
export async function readMaterialFacts(db: RecordDb, id: string): Promise<FactValues> {
  const row = await seminarTables(db)
    .selectFrom('material')
    .select(['seminar_id', 'session_id', 'kind', 'lang', 'url', 'file', 'file_name', 'bytes', 'seconds'])
    .where('id', '=', id)
    .executeTakeFirst()
  return {
    seminar: some(row?.seminar_id),
    session: some(row?.session_id),
    kind: some(row?.kind),
    lang: some(row?.lang),
    file: row?.file ? [fileRef({ sha256: row.file, name: row.file_name ?? '' })] : [],
    url: some(row?.url),
    bytes: row?.file ? [] : some(row?.bytes),
    seconds: some(row?.seconds),
  }
}

/** A material's file, as its row holds it; what is known of the file itself comes from where files are written down. */
async function fileColumns(tx: RecordDb, facts: FactValues) {
  const ref = readFileRef(only(facts, 'file'))
  const file = ref && (await findFiles(fileTables(tx), [ref.sha256])).get(ref.sha256)
  if (!ref || !file) return { file: null, file_name: null, file_type: null, bytes: number(facts, 'bytes') }
  return { file: file.sha256, file_name: ref.name, file_type: file.type, bytes: file.bytes }
}

const number = (facts: FactValues, name: string) => {
  const text = orNull(facts, name)
  return text === null ? null : Number(text)
}

/** Writes what the desk edits of a material: a link, or a file of the hub. */
export async function writeMaterialFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const db = seminarTables(tx)
  const row = {
    session_id: orNull(facts, 'session'),
    kind: oneOf<MaterialKind>(materialKinds, only(facts, 'kind'), 'document'),
    lang: only(facts, 'lang'),
    url: orNull(facts, 'url'),
    ...(await fileColumns(tx, facts)),
    seconds: number(facts, 'seconds'),
  }
  const changed = await db.updateTable('material').set(row).where('id', '=', id).executeTakeFirst()
  if (changed.numUpdatedRows > 0n) return
  const seminarId = only(facts, 'seminar')
  const { last } = await db
    .selectFrom('material')
    .select((select) => select.fn.coalesce(select.fn.max('position'), select.lit(-1)).as('last'))
    .where('seminar_id', '=', seminarId)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('material')
    .values({ ...row, id, seminar_id: seminarId, position: last + 1 })
    .execute()
}

/** A material's session is one of its seminar's. */
export async function checkMaterial(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const own = seminarTables(db)
  const row = await own.selectFrom('material').select('seminar_id').where('id', '=', id).executeTakeFirst()
  const session = orNull(facts, 'session')
  if (session === null) return []
  const seminarId = row?.seminar_id ?? only(facts, 'seminar')
  const whole = (await readSeminarsOf(db, 'session', [session])).get(session)
  return whole === seminarId ? [] : [{ fact: 'session', message: 'desk.problem.otherSeminar' }]
}

/** Whether a material is a recording that nobody is offered, for it holds a session under the Chatham House Rule. */
export async function isHeldMaterial(db: RecordDb, id: string): Promise<boolean> {
  const own = seminarTables(db)
  const held = own.selectFrom('material').select('id').where('id', '=', id).where(isChathamHouseRecording)
  return (await held.executeTakeFirst()) !== undefined
}
