import { expect, test } from 'vitest'
import { openHub } from '#testing/hub.ts'
import { readForm } from '#testing/form.ts'

test('opening the form of any record in any language and saving it unchanged changes nothing', async () => {
  await using hub = await openHub({ seeded: true })
  const editor = await hub.as(['editor'])
  const records = await hub.kysely.selectFrom('record').select(['id', 'kind', 'version']).orderBy('id').execute()
  const events = await hub.kysely.selectFrom('record_event').select('id').execute()
  const texts = await hub.kysely
    .selectFrom('record_text')
    .selectAll()
    .orderBy('record_id')
    .orderBy('field')
    .orderBy('lang')
    .execute()
  const links = await hub.kysely.selectFrom('record_link').selectAll().orderBy('from_id').orderBy('to_id').execute()
  expect(new Set(records.map((record) => record.kind)).size).toBe(14)
  // Terms are many and alike: one in ten of them.
  const some = records.filter(({ kind }, index) => kind !== 'concept' || index % 10 === 0)
  for (const { id } of some) {
    for (const lang of ['', 'ar']) {
      const page = await editor.get(`/en/desk/records/${id}?lang=${lang}`)
      const { action, fields } = readForm(await page.text())
      const saved = await editor.post(action, fields)
      expect([id, page.status, saved.status]).toEqual([id, 200, 303])
    }
  }
  const after = await hub.kysely.selectFrom('record').select(['id', 'kind', 'version']).orderBy('id').execute()
  expect(after).toEqual(records)
  expect(await hub.kysely.selectFrom('record_event').select('id').execute()).toEqual(events)
  expect(
    await hub.kysely
      .selectFrom('record_text')
      .selectAll()
      .orderBy('record_id')
      .orderBy('field')
      .orderBy('lang')
      .execute(),
  ).toEqual(texts)
  expect(await hub.kysely.selectFrom('record_link').selectAll().orderBy('from_id').orderBy('to_id').execute()).toEqual(
    links,
  )
})
