import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { packageRoot } from '#platform/root.ts'
import { anInstallation, runProgram, type Installation } from '#testing/installation.ts'

/** Each command is a process of its own; a busy machine takes its time. */
const slow = { timeout: 120_000 }

const samples = join(packageRoot(), 'src/features/exchange/page/samples')
const text = z.string().nullable()

/** The contract of `--json`: nothing more at the top, in a session, a link, a doubt or a leftover. */
const Printed = z.strictObject({
  seminar: z.looseObject({
    id: text,
    outcome: z.string(),
    kept: z.array(z.string()),
    title: text,
    startsOn: text,
    endsOn: text,
    mode: text,
    platform: text,
    objectives: text,
    format: text,
    background: text,
    claimedLang: text,
    detectedLang: text,
  }),
  sessions: z.array(z.strictObject({ number: z.number(), title: z.string(), abstract: text, startsOn: text })),
  links: z.array(z.strictObject({ label: z.string(), url: text, lang: text, kind: z.string() })),
  unsure: z.array(z.strictObject({ what: z.string(), why: z.string(), line: z.number().nullable() })),
  left: z.array(z.strictObject({ text: z.string(), line: z.number() })),
})

async function importJson(hub: Installation, args: readonly string[]) {
  const { code, out, err } = await hub.run(['import', 'page', ...args, '--json'])
  expect([code, err]).toEqual([0, ''])
  return Printed.parse(JSON.parse(out))
}

async function countSeminars(hub: Installation): Promise<number> {
  const database = await hub.open()
  try {
    return (await database.kysely.selectFrom('seminar').select('id').execute()).length
  } finally {
    await database.close()
  }
}

const days: Readonly<Record<string, readonly [string, string, string]>> = {
  'atelier-2023.fr.txt': ['fr', '2023-06-13', '2023-06-14'],
  'seminario-2022.pt.html': ['pt', '2022-05-24', '2022-05-25'],
  'nadwa-2021.ar.txt': ['ar', '2021-12-01', '2021-12-02'],
}

test('saved pages, text and HTML, become a draft each, and only one however often', slow, async () => {
  await using hub = await anInstallation({ running: true })
  const made = new Set<string | null>()
  for (const [file, [lang, startsOn, endsOn]] of Object.entries(days)) {
    const { seminar } = await importJson(hub, [join(samples, file), '--lang', lang])
    expect([file, seminar.outcome, seminar.startsOn, seminar.endsOn]).toEqual([file, 'made', startsOn, endsOn])
    made.add(seminar.id)
  }
  expect(made.size).toBe(3)

  const again = await importJson(hub, [join(samples, 'atelier-2023.fr.txt'), '--lang', 'fr'])
  expect([again.seminar.outcome, made.has(again.seminar.id)]).toEqual(['unchanged', true])
  const grown = readFileSync(join(samples, 'atelier-2023.fr.txt'), 'utf8')
  const moved = hub.write('atelier.txt', `\uFEFF${grown.replaceAll('\n', '\r\n')}`)
  expect((await importJson(hub, [moved, '--lang', 'fr'])).seminar).toMatchObject({ id: again.seminar.id })
  expect(await countSeminars(hub)).toBe(3)
})

test('a dry run reads and reports, and there is not even a data folder afterwards', async () => {
  await using hub = await anInstallation({ fresh: true })
  const { code, out } = await hub.run(['import', 'page', join(samples, 'seminar-2022.en.html'), '--dry-run'])

  expect(code).toBe(0)
  expect(out.split('\n', 1)).toEqual(['Dry run: nothing was written.'])
  expect(existsSync(hub.dataFolder)).toBe(false)
})

test('UTF-16 with its mark is read like any other encoding', async () => {
  await using hub = await anInstallation({ fresh: true })
  const page = readFileSync(join(samples, 'seminario-2022.es.txt'), 'utf8')
  const { seminar } = await importJson(hub, [hub.write('p.txt', Buffer.from(`\uFEFF${page}`, 'utf16le')), '--dry-run'])
  expect([seminar.id, seminar.outcome, seminar.startsOn]).toEqual([null, 'dry-run', '2022-05-24'])
})

const undated = 'Seminar on return\n\nObjectives\n\nTo learn.\n\nSessions\n\n1. First\n\n2. Second\n'

test('what cannot be read is named in one line, and nothing is written', async () => {
  await using hub = await anInstallation({ fresh: true })
  const large = hub.write('large.txt', '')
  truncateSync(large, 50 * 1024 * 1024)
  mkdirSync(join(hub.folder, 'pages'))
  const bad: [path: string, message: RegExp][] = [
    [join(hub.folder, 'none.txt'), /^\/none\.txt cannot be read: there is no such file\.\n$/],
    [join(hub.folder, 'pages'), /^\/pages is a folder; a saved page is one file\.\n$/],
    ['/dev/null', /^\/dev\/null is not an ordinary file\.\n$/],
    [large, /^\/large\.txt has 50 MB; a saved page may have at most 10 MB\.\n$/],
    [hub.write('empty.txt', ''), /^\/empty\.txt: The file is empty\.\n$/],
    [hub.write('blank.txt', ' \n\n'), /^\/blank\.txt: .+\.\n$/],
    [
      hub.write('film.txt', '%PDF-1.7\n'),
      /^\/film\.txt: The file is a PDF document, not a page saved as text or HTML\.\n$/,
    ],
    [
      hub.write('binary.txt', Uint8Array.of(65, 0, 1, 2, 3, 255, 0, 7)),
      /^\/binary\.txt(, line \d+(, column \d+)?)?: .+\.\n$/,
    ],
    [
      join(samples, 'news.en.html'),
      /news\.en\.html(, line \d+)?: This does not look like the page of a seminar: .+\.\n$/,
    ],
  ]
  const ended = await Promise.all(bad.map(async ([path]) => hub.run(['import', 'page', path])))
  expect(ended.map(({ code, out }) => [code, out])).toEqual(bad.map(() => [1, '']))
  for (const [index, [, message]] of bad.entries()) {
    expect(ended[index]?.err.replaceAll(hub.folder, '')).toMatch(message)
  }
  expect(existsSync(hub.dataFolder)).toBe(false)
})

test('a page without a day writes nothing, and is taken with the one that the person gives', slow, async () => {
  await using hub = await anInstallation({ running: true })
  const page = hub.write('undated.txt', undated)
  const { code, out, err } = await hub.run(['import', 'page', page, '--lang', 'en'])
  expect([code, out]).toEqual([1, ''])
  expect(err).toBe(
    `${page}: no day of this seminar was found, so nothing was written. ` +
      'Give one with --starts-on YYYY-MM-DD, and --ends-on YYYY-MM-DD when it lasts longer.\n',
  )
  expect(await countSeminars(hub)).toBe(0)
  await importJson(hub, [page, '--lang', 'en', '--starts-on', '2022-05-24'])
  expect(await countSeminars(hub)).toBe(1)
})

const misused: [options: string[], message: RegExp][] = [
  [['--lang', 'a_b'], /argument 'a_b' is invalid\. Expected a language tag such as fr or pt-BR\./],
  [['--starts-on', '2022-02-30'], /argument '2022-02-30' is invalid\. Expected a day of the calendar as YYYY-MM-DD\./],
  [['--starts-on', '20220201'], /argument '20220201' is invalid/],
  [['--ends-on', '2022-02-01'], /--ends-on needs --starts-on as well/],
  [['--starts-on', '2022-02-02', '--ends-on', '2022-02-01'], /--ends-on 2022-02-01 is before --starts-on 2022-02-02/],
  [['--colour'], /unknown option '--colour'/],
]

test('a wrong option is named, and ends with 2', async () => {
  const ended = await Promise.all(
    misused.map(async ([options]) => runProgram(['import', 'page', 'page.txt', ...options])),
  )
  expect(ended.map(({ code, out }) => [code, out])).toEqual(misused.map(() => [2, '']))
  for (const [index, [, message]] of misused.entries()) expect(ended[index]?.err).toMatch(message)
})
