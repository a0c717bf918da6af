import { expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { queueMessage } from '#platform/mail/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { aSeminar, deed } from '#testing/makers.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'

const rowsOf = (html: string) => [...html.matchAll(/<tr><th scope="row"><time datetime="(.*?)">/g)].map(([, at]) => at)

async function fill(hub: TestHub, count: number) {
  const audit = hub.kysely.$pickTables<'audit_event'>()
  for (let at = 0; at < count; at += 1) {
    // Three of each instant, so that pages end within one.
    const day = String(1 + (Math.floor(at / 3) % 28)).padStart(2, '0')
    await writeAudit(audit, {
      at: `2026-02-${day}T00:00:00.000Z`,
      actor: 'cli',
      deed: 'settings.change',
      subject: `s${at}`,
    })
  }
}

async function walk(admin: SignedIn, query: string): Promise<string[]> {
  const seen: string[] = []
  let path: string | undefined = `/en/admin/audit?${query}`
  while (path !== undefined) {
    const html: string = await (await admin.get(path)).text()
    seen.push(...[...html.matchAll(/<bdi>(s\d+)<\/bdi>/g)].map(([, subject = '']) => subject))
    path = /<a href="([^"]*after=[^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  return seen
}

test('every line is met once, page after page, whatever their instants', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  await fill(hub, 170)
  await aSeminar(hub.kysely)
  const seen = await walk(admin, 'deed=')
  expect([seen.length, new Set(seen).size]).toEqual([170, 170])
  expect((await walk(admin, 'deed=settings&from=2026-02-01&to=2026-02-02')).length).toBe(14)
})

test('records, accounts and the hub are in one log, found by who, what, to what and when', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const seminar = await aSeminar(hub.kysely)
  await admin.post('/en/admin/redirects', { path: '/x', target: '/en' })
  await admin.post('/en/admin/people/invite', { email: 'secret@example.org', lang: 'en' })
  const find = async (query: string) => rowsOf(await (await admin.get(`/en/admin/audit?${query}`)).text()).length
  expect(await find(`actor=${admin.actor.id}`)).toBe(2)
  expect(await find(`subject=${seminar}`)).toBe(1)
  expect(await find('deed=record')).toBe(1)
  expect(await find('deed=record.create&actor=test')).toBe(1)
  expect(await find('deed=account.invite')).toBe(1)
  expect(await find('from=2026-11-24&to=2026-11-24')).toBe(2)
  expect(await find('to=2026-01-01')).toBe(1)
  expect(deed.at < '2026-01-02').toBe(true)
  const html = await (await admin.get('/en/admin/audit')).text()
  expect(html).not.toContain('secret@example.org')
  expect(html).toContain(`href="/en/desk/records/${seminar}/history"`)
  expect(await findMarkupFaults(html)).toEqual([])
})

test.each([
  'from=2026-02-31',
  'to=yesterday',
  'deed=%27',
  'actor=a%20b',
  'after=nothing',
  'after=2026-13-01T00:00:00.000Z~hub~1',
  'subject=%00',
])('%s is no page of the log', async (query) => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  expect((await admin.get(`/en/admin/audit?${query}`)).status).toBeGreaterThanOrEqual(400)
})

test('what is found is downloaded whole, and no cell is a formula', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  await fill(hub, 1200)
  await writeAudit(hub.kysely.$pickTables<'audit_event'>(), {
    ...deed,
    deed: 'redirect.save',
    subject: '=HYPERLINK("http://evil.example")',
  })
  const answer = await admin.get('/en/admin/audit.csv')
  const lines = (await answer.text()).trim().split('\r\n')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
  expect(lines.length).toBe(1202)
  expect(lines.some((line) => line.includes(`"'=HYPERLINK`))).toBe(true)
  expect(lines.filter((line) => /(^|,)"?[=+@-]/.test(line))).toEqual([])
  expect((await (await admin.get('/en/admin/audit.csv?deed=redirect')).text()).trim().split('\r\n').length).toBe(2)
})

test('the log asks as often for one line as for many', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const ask = async () => {
    await admin.get('/en/admin/audit')
    return (await countQueries(async () => admin.get('/en/admin/audit'))).queries.length
  }
  await admin.post('/en/admin/redirects', { path: '/x', target: '/en' })
  const one = await ask()
  await fill(hub, 60)
  expect(await ask()).toBe(one)
})

test('a message is read, sent again and deleted; a link that signs in is shown to nobody', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const mail = hub.kysely.$pickTables<'mail'>()
  const message = {
    kind: 'test',
    to: { address: 'a@example.org' },
    lang: 'ar',
    subject: 'مرحبا <b>',
    body: 'Text <script>',
  }
  const id = await queueMessage(mail, message, '2026-11-24T08:00:00.000Z')
  const secret = await queueMessage(
    mail,
    { ...message, isSecret: true, body: 'https://hub.example/token' },
    '2026-11-24T08:00:00.000Z',
  )
  const list = await (await admin.get('/en/admin/outbox?state=waiting')).text()
  expect([list.includes(id), list.includes('2 waiting'), await findMarkupFaults(list)]).toEqual([true, true, []])
  const page = await (await admin.get(`/en/admin/outbox/${id}`)).text()
  expect([page.includes('Text &lt;script'), await findMarkupFaults(page)]).toEqual([true, []])
  expect(await (await admin.get(`/en/admin/outbox/${secret}`)).text()).not.toContain('hub.example/token')
  expect((await admin.post(`/en/admin/outbox/${id}/retry`, { id })).status).toBe(303)
  expect((await admin.post(`/en/admin/outbox/${id}/delete`, { id })).status).toBe(303)
  expect((await admin.post(`/en/admin/outbox/${id}/delete`, { id })).status).toBe(404)
  expect((await admin.get(`/en/admin/outbox/${id}`)).status).toBe(404)
  const told = await hub.kysely.selectFrom('audit_event').select(['deed', 'subject']).orderBy('id').execute()
  expect(told).toEqual([
    { deed: 'mail.retry', subject: id },
    { deed: 'mail.delete', subject: id },
  ])
})
