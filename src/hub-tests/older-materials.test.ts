import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrations } from '#migrations/index.ts'
import { migrate } from '#platform/db/index.ts'
import { emptyDatabase } from '#testing/database.ts'
import { aSeminar } from '#testing/makers.ts'

test('materials of before there were files stay the links they were, and none is both or neither', async () => {
  const database = await emptyDatabase()
  const { kysely } = database
  try {
    const before = migrations.findIndex(({ name }) => name === '0005-files')
    await migrate(kysely, migrations.slice(0, before))
    const id = await aSeminar(kysely, { recording: true })

    await migrate(kysely, migrations)

    const read = kysely.selectFrom('material').select(['seminar_id', 'url', 'file', 'file_name', 'file_type', 'bytes'])
    expect(await read.execute()).toEqual([
      {
        seminar_id: id,
        url: 'https://example.org/recording',
        file: null,
        file_name: null,
        file_type: null,
        bytes: null,
      },
    ])
    const file = { sha256: 'a'.repeat(64), bytes: 1, type: 'text/plain', name: null, created_at: '2026-01-01' }
    await kysely.insertInto('file').values(file).execute()
    const wrong = [
      sql`update material set url = null`,
      sql`update material set file = ${file.sha256}, file_name = 'a', file_type = 'text/plain', bytes = 1`,
      sql`update material set url = null, file = ${file.sha256}, file_name = 'a', bytes = 1`,
      sql`update material set url = null, file = ${file.sha256}, file_name = 'a', file_type = 'text/plain', bytes = null`,
      sql`update material set file_name = 'a'`,
    ]
    for (const change of wrong)
      await expect(change.execute(kysely)).rejects.toThrow(/violates check constraint "material_/)
    const other = sql`update material set url = null, file = ${'b'.repeat(64)}, file_name = 'a', file_type = 'x', bytes = 1`
    await expect(other.execute(kysely)).rejects.toThrow(/violates foreign key constraint/)
  } finally {
    await database.close()
  }
})
