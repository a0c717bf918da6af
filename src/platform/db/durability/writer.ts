/** A process that writes to an embedded database until it is killed, and prints each commit once it is acknowledged. */
import { sql } from 'kysely'
import { openDatabase } from '../index.ts'
import { makeDocuments, wordOf } from './documents.ts'

const [, , dataFolder = '', firstId = '1'] = process.argv
const db = await openDatabase({ dataFolder, mode: 'own' })
await makeDocuments(db.kysely)

for (let id = Number(firstId); ;) {
  const ids = Array.from({ length: 1 + (id % 4) }, (_, offset) => id + offset)
  const changed = ids.length > 2 ? id - 1 : undefined
  await db.kysely.transaction().execute(async (tx) => {
    for (const each of ids) await sql`insert into document (id, body) values (${each}, ${wordOf(each)})`.execute(tx)
    if (changed) await sql`update document set body = body || ' changed' where id = ${changed}`.execute(tx)
  })
  process.stdout.write(`${ids.join(' ')}\n`)
  // Sweeping moves the index's newest part into its permanent one: kills must meet that, too.
  if (id % 97 === 0) await sql`vacuum (analyze) document`.execute(db.kysely)
  id += ids.length
}
