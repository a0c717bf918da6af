import { expect, test } from 'vitest'
import { interfaceLanguages, openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { readMarkup } from '../../hub-tests/markup-reader.ts'

/** The languages that the switch of a page offers, in order. */
async function switchOf(hub: TestHub, path: string): Promise<string[]> {
  const html = await (await hub.get(path)).text()
  return [...html.matchAll(/<link rel="alternate" hreflang="([a-z-]+)"/g)].map(([, lang = '']) => lang)
}

test('the order of languages changes for every reader at once, without a restart', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const admin = await hub.as(['admin'])
  expect(await switchOf(hub, '/en/places')).toEqual([...interfaceLanguages])

  const answer = await admin.post('/en/admin/settings/languages', { move: 'up:fr' })

  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/admin/settings?done=saved'])
  expect(await switchOf(hub, '/en/places')).toEqual(['fr', 'en', 'es', 'ar', 'pt'])
  expect((await hub.get('/', { 'accept-language': 'tlh' })).headers.get('location')).toBe('/fr')
})

test('a language that is taken away is gone from addresses, and comes back', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const admin = await hub.as(['admin'])
  expect((await hub.get('/pt/places')).status).toBe(200)

  const gone = await admin.post('/pt/admin/settings/languages', { move: 'remove:pt' })

  expect(gone.headers.get('location')).toBe('/en/admin/settings?done=saved')
  expect((await hub.get('/pt/places')).status).toBe(404)
  expect(await (await hub.get('/sitemap.xml')).text()).not.toContain('/pt/places')
  expect(await (await admin.get('/en/admin/settings')).text()).toContain('value="add:pt"')

  await admin.post('/en/admin/settings/languages', { move: 'add:pt' })
  expect((await hub.get('/pt/places')).status).toBe(200)
})

test('another process follows within a second: its first request after that goes to the new hub', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  await hub.get('/pt/places')
  // As another process would: the setting and the hub version, nothing told to this one.
  const languages = JSON.stringify(['ar', 'en'])
  await hub.kysely.updateTable('hub_setting').set({ value: languages }).where('key', '=', 'languages').execute()
  await hub.kysely
    .updateTable('hub_state')
    .set((set) => ({ version: set('version', '+', 1) }))
    .execute()
  expect((await hub.get('/pt/places')).status).toBe(200)

  hub.setNow('2026-11-24T09:00:01.000Z')

  expect((await hub.get('/pt/places')).status).toBe(404)
  expect(await switchOf(hub, '/ar/places')).toEqual(['ar', 'en'])
})

test.each(['up:en', 'down:pt', 'add:de', 'add:fr', 'remove:de', 'sideways:fr', 'up:', '', 'up:fr:en', '__proto__'])(
  '“%s” is no step that a language can take, and changes nothing',
  async (move) => {
    await using hub = await openHub({ seeded: true })
    const admin = await hub.as(['admin'])
    expect((await admin.post('/en/admin/settings/languages', { move })).status).toBe(400)
    expect(await switchOf(hub, '/en/places')).toEqual([...interfaceLanguages])
  },
)

const good = {
  zone: 'Africa/Dakar',
  'secondFactor[]': ['editor', 'translator'],
  'retention.audit': '365',
  'retention.mail': '30',
  'retention.invitations': '90',
}

test('settings are kept, shown again and told in the audit log, only those that changed', async () => {
  await using hub = await openHub({ seeded: true })
  const admin = await hub.as(['admin'])

  const answer = await admin.post('/fr/admin/settings', good)
  await admin.post('/fr/admin/settings', good)

  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/admin/settings?done=saved'])
  const html = await (await admin.get('/fr/admin/settings')).text()
  expect(html).toContain('value="Africa/Dakar" type="text"')
  expect(html).toMatch(/value="editor" checked/)
  const told = await hub.kysely.selectFrom('audit_event').select(['actor', 'deed', 'subject', 'detail']).execute()
  expect(told).toEqual([
    {
      actor: admin.actor.id,
      deed: 'settings.change',
      subject: 'zone',
      detail: { before: 'Europe/Brussels', after: 'Africa/Dakar' },
    },
    {
      actor: admin.actor.id,
      deed: 'settings.change',
      subject: 'retention.audit',
      detail: { before: 1826, after: 365 },
    },
  ])
})

test.each([
  ['zone', { ...good, zone: 'Mars/Olympus' }],
  ['zone', { ...good, zone: '' }],
  ['zone', { ...good, zone: "UTC'; drop table hub_setting; --" }],
  ['retention.audit', { ...good, 'retention.audit': '-1' }],
  ['retention.audit', { ...good, 'retention.audit': '1e9' }],
  ['retention.audit', { ...good, 'retention.audit': 'for ever' }],
  ['secondFactor', { ...good, 'secondFactor[]': ['emperor'] }],
] as const)('a %s that is none is refused with the form as it was sent', async (field, form) => {
  await using hub = await openHub({ seeded: true })
  const admin = await hub.as(['admin'])
  const answer = await admin.post('/en/admin/settings', form)
  const html = await answer.text()
  expect(answer.status).toBe(422)
  const label = sayIn('en')(`admin.settings.${field}`)
  expect(html).toMatch(new RegExp(`href="#f-${field.replace('.', '-')}[^>]*>${label}: `))
  expect(await findMarkupFaults(html)).toEqual([])
  expect(await hub.kysely.selectFrom('audit_event').select('id').execute()).toEqual([])
})

test('the pages are valid HTML with one heading in every language', async () => {
  await using hub = await openHub({ seeded: true })
  const admin = await hub.as(['admin'])
  for (const lang of interfaceLanguages) {
    for (const path of ['', '/settings', '/redirects', '/redirects/import']) {
      const html = await (await admin.get(`/${lang}/admin${path}`)).text()
      expect([lang, path, await findMarkupFaults(html)]).toEqual([lang, path, []])
      expect(readMarkup(html).headings.length).toBe(1)
    }
  }
})
