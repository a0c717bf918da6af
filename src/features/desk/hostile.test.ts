import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { readForm } from '#testing/form.ts'

let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub({ seeded: true })
  editor = await hub.as(['editor'])
})
afterAll(async () => hub[Symbol.asyncDispose]())

/** Strings that make careless sites run script (after the OWASP cheat sheet on filter evasion). */
const strings = [
  '<script>alert(1)</script>',
  '<IMG SRC="javascript:alert(1);">',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](vbscript:msgbox(1))',
  '![x](https://evil.example/x.png "onerror=alert(1)")',
  '<a href="https://x" onclick="alert(1)">x</a>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><input name=p></form>',
  '"><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<<SCRIPT>alert(1);//<</SCRIPT>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '`<img src=x onerror=alert(1)>`',
  '<!--[if gte IE 4]><script>alert(1)</script><![endif]-->',
  '{{constructor.constructor("alert(1)")()}}',
]

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document

const running = new Set(['iframe', 'base', 'style', 'object', 'embed', 'math', 'frame', 'applet'])

/** Elements and attributes of a page, as a browser reads it, that could run something or reach elsewhere; the hub's modules are known. */
function findScript(node: Node): string[] {
  const below = 'childNodes' in node ? node.childNodes.flatMap(findScript) : []
  if (!('tagName' in node)) return below
  const { tagName, attrs } = node
  const isOwn = attrs.some(({ name, value }) => name === 'type' && /^(module|application\/ld\+json)$/.test(value))
  const bad = attrs.filter(
    ({ name, value }) =>
      /^on/i.test(name) ||
      (/^(href|src|action|formaction)$/.test(name) && /^\s*(javascript|vbscript|data:text)/i.test(value)),
  )
  const named = running.has(tagName) || (tagName === 'script' && !isOwn) || tagName === 'img' ? [tagName] : []
  return [...named, ...bad.map(({ name, value }) => `${tagName} ${name}=${value}`), ...below]
}

test('no string runs anything: in the preview of a text, in forms, history, check list, conflict and the published page', async () => {
  for (const text of strings) {
    const preview = await editor.post('/en/desk/preview', { text, lang: 'en' })
    expect([text, preview.status, findScript(parse(await preview.text()))]).toEqual([text, 200, []])
  }
  const all = strings.join('\n\n')
  const path = '/en/desk/records/new/programme'
  const { fields } = readForm(await (await editor.get(path)).text())
  const made = await editor.post(path, {
    ...fields,
    'text.name': `Evil ${strings[0]}`,
    'text.short': strings[16] ?? '',
    'text.summary': all,
    'fact.places[]': ['', 'BE'],
  })
  const id = /records\/(\w+)/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
  await editor.post(`/en/desk/records/${id}/publish`, {})
  const form = await (await editor.get(`/en/desk/records/${id}`)).text()
  expect(readForm(form).fields['text.summary']?.[0]?.replaceAll('\r\n', '\n')).toBe(all.replace(/\t/g, '\t'))
  await editor.post(`/en/desk/records/${id}`, {
    ...readForm(form).fields,
    'text.short': '</del><script>alert(2)</script>',
  })
  const stale = await editor.post(`/en/desk/records/${id}`, {
    ...readForm(form).fields,
    'text.summary': `${all}!`,
    'text.short': all.slice(0, 400),
  })
  expect(stale.status).toBe(409)
  const pages = [form, await stale.text()]
  for (const door of [
    `/en/desk/records/${id}/history`,
    `/en/desk/records/${id}/publish`,
    '/en/desk',
    '/en/desk/records?q=%22%3E%3Cscript%3E',
    '/en/programmes',
  ]) {
    pages.push(await (await editor.get(door)).text())
  }
  for (const html of pages) expect(findScript(parse(html))).toEqual([])
})

test('characters that turn the direction of writing or hide words are taken out of what is kept', async () => {
  const path = '/en/desk/records/new/organisation'
  const { fields } = readForm(await (await editor.get(path)).text())
  const made = await editor.post(path, {
    ...fields,
    'fact.type': 'research',
    'text.name': 'Safe\u202Eexe.\u2066fdp\u0000\u0008',
    'text.summary': 'a\u202Db\nc\u2069',
  })
  const id = /records\/(\w+)/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
  const rows = await hub.kysely
    .selectFrom('record_text')
    .select(['field', 'body'])
    .where('record_id', '=', id)
    .orderBy('field')
    .execute()
  expect(rows).toEqual([
    { field: 'name', body: 'Safeexe.fdp' },
    { field: 'summary', body: 'ab\nc' },
  ])
})

test('what is too long is told at its field, and a body beyond bounds is refused whole', async () => {
  const path = '/en/desk/records/new/organisation'
  const { fields } = readForm(await (await editor.get(path)).text())
  const long = await editor.post(path, {
    ...fields,
    'fact.type': 'research',
    'text.name': 'x'.repeat(501),
    'text.summary': 'y'.repeat(150_001),
    slug: 'z'.repeat(300),
  })
  const html = await long.text()
  const told = [...html.matchAll(/<p class="problem" id="f-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )
  expect([long.status, told]).toEqual([
    422,
    ['text-name: This is too long.', 'text-summary: This is too long.', 'slug: This is too long.'],
  ])
  expect([...html.matchAll(/<li><a href="#f-[\w-]+">(.*?)<\/a>/g)].map(([, line]) => line)).toEqual([
    'Name: This is too long.',
    'Summary: This is too long.',
    'Address in this language: This is too long.',
  ])
  expect(readForm(html).fields['text.summary']?.[0]?.length).toBe(150_001)
  expect((await editor.post(path, { ...fields, 'text.summary': 'y'.repeat(1_000_001) })).status).toBe(413)
  const many = Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`x${index}`, '1']))
  expect((await editor.post(path, many)).status).toBe(400)
})

test('another site’s form changes nothing', async () => {
  const row = await hub.kysely.selectFrom('record').select('id').where('kind', '=', 'seminar').executeTakeFirstOrThrow()
  const at = `/en/desk/records/${row.id}/withdraw`
  expect((await editor.post(at, {}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await editor.post(at, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('the desk asks the database as often with few records as with many', async () => {
  const paths = ['/en/desk', '/en/desk/records', '/en/desk/records?kind=concept&q=a']
  const count = async (hub: TestHub, who: SignedIn) => {
    const counts: number[] = []
    for (const path of paths) {
      await who.get(path)
      counts.push((await countQueries(async () => who.get(path))).queries.length)
    }
    return counts
  }
  const many = await count(hub, editor)
  await using small = await openHub()
  const { fields } = { fields: { lang: 'en', 'text.name': 'One', 'fact.type': 'research' } }
  const lone = await small.as(['editor'])
  await lone.post('/en/desk/records/new/organisation', fields)
  const few = await count(small, lone)
  expect(many.map((queries, index) => queries - (few[index] ?? 0)).every((more) => more <= 3)).toBe(true)
  expect(Math.max(...many)).toBeLessThan(25)
})
