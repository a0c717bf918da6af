import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sql } from 'kysely'
import { packageRoot } from '#platform/root.ts'
import { startS3Server } from '#testing/s3-server.ts'
import { anInstallation, runProgram, type Ended } from '#testing/installation.ts'

/** Each command starts a database and ends it; a busy machine takes its time. */
const slow = { timeout: 120_000 }

const Checks = z.array(z.object({ id: z.string(), level: z.string(), what: z.string(), mend: z.string().optional() }))

/** What the doctor finds beside what is well. */
function complaints({ out }: Ended): [id: string, level: string][] {
  const found = Checks.parse(JSON.parse(out)).filter((check) => check.level !== 'ok')
  for (const { mend } of found) expect(mend).toMatch(/\w/)
  return found.map(({ id, level }) => [id, level])
}

/** Each file of the demonstration content has words of its own, so the hub keeps as many. */
const filesOfSeeds = readdirSync(join(packageRoot(), 'seeds/files')).length

const counts = ({ out }: Ended) => [...out.matchAll(/: (\d+) new records/g)].map(([, count]) => Number(count))

test('help says what each command does, and asking for it is no mistake', async () => {
  const commands = [
    [],
    ['start'],
    ['work'],
    ['migrate'],
    ['seed'],
    ['doctor'],
    ['import'],
    ['import', 'page'],
    ['import', 'redirects'],
    ['import', 'vocabulary'],
  ]
  const helps = await Promise.all(commands.map(async (command) => runProgram([...command, '--help'])))
  expect(helps.map(({ code, err }) => [code, err])).toEqual(commands.map(() => [0, '']))
  for (const [index, { out }] of helps.entries()) {
    expect(out.startsWith(`Usage: passerelle${(commands[index] ?? []).map((word) => ` ${word}`).join('')}`)).toBe(true)
  }
})

test('what is not a command ends with 2 and a word about help', async () => {
  const wrong = [['nothing'], ['seed', 'extra'], ['start', '--colour'], ['import'], ['import', 'page'], []]
  const ended = await Promise.all(wrong.map(async (args) => runProgram(args)))
  expect(ended.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [2, '']))
  for (const { err } of ended) expect(err).toMatch(/--help/)
})

test('seed fills a hub once, migrate then has nothing to do, and the doctor finds all well', slow, async () => {
  await using hub = await anInstallation()
  const first = await hub.run(['seed'])
  const second = await hub.run(['seed'])

  expect([first.code, second.code, first.err, second.err]).toEqual([0, 0, '', ''])
  expect(counts(first).length).toBe(7)
  expect(counts(first).every((count) => count > 0)).toBe(true)
  expect(counts(second)).toEqual([0, 0, 0, 0, 0, 0, 0])
  expect(await hub.run(['migrate'])).toEqual({ code: 0, out: 'The database is up to date.\n', err: '' })
  const { code, out } = await hub.run(['doctor', '--json'], { PORT: '1' })
  const levels = Checks.parse(JSON.parse(out)).map((check) => check.level)
  expect([code, levels.includes('fault')]).toEqual([0, false])
})

test('the doctor names files that are missing, cut or changed', slow, async () => {
  await using hub = await anInstallation()
  await hub.run(['seed'])
  const database = await hub.open()
  const rows = await database.kysely.selectFrom('file').select(['sha256', 'name']).orderBy('name').execute()
  await database.close()
  const hashOf = (file: string) => rows.find(({ name }) => name === file)?.sha256 ?? ''
  const [agendaEn, agendaFr, slides] = [hashOf('agenda-en.pdf'), hashOf('agenda-fr.pdf'), hashOf('slides-fr.pdf')]
  const pathOf = (sha256: string) => join(hub.dataFolder, 'files', sha256.slice(0, 2), sha256)
  const asked = async () => {
    const { code, out } = await hub.run(['doctor', '--json'], { PORT: '1' })
    return [
      code,
      Checks.parse(JSON.parse(out)).filter(({ id }) => /^(kept-)?files(-content|-folder)?$/.test(id)),
    ] as const
  }
  const said = ([code, checks]: Awaited<ReturnType<typeof asked>>) => [code, ...checks.slice(2).map(({ what }) => what)]
  expect(said(await asked())).toEqual([
    0,
    `All ${filesOfSeeds} files are there.`,
    `The content of ${filesOfSeeds} files is what it was.`,
  ])

  rmSync(pathOf(agendaEn))
  truncateSync(pathOf(agendaFr), 10)
  const bytes = readFileSync(pathOf(slides))
  bytes.fill(0, 100, 101)
  writeFileSync(pathOf(slides), bytes)
  expect(said(await asked())).toEqual([
    1,
    `2 of ${filesOfSeeds} files are missing or cut: ${nameBoth([agendaEn, 'agenda-en.pdf'], [agendaFr, 'agenda-fr.pdf'])}.`,
    `Of ${filesOfSeeds - 2} files that were read, 1 are damaged: slides-fr.pdf (${slides}).`,
  ])

  rmSync(join(hub.dataFolder, 'files'), { recursive: true })
  const [code, checks] = await asked()
  expect([code, checks.at(-1)?.what]).toEqual([
    1,
    `${join(hub.dataFolder, 'files')} is missing, and ${filesOfSeeds} files should be in it.`,
  ])
})

test('with a storage for files, seeds go there, and the doctor says what is wrong with it', slow, async () => {
  await using storage = await startS3Server()
  await using hub = await anInstallation()
  const seeded = await hub.run(['seed'], storage.environment)
  expect([seeded.code, seeded.err, (await storage.keys()).length]).toEqual([0, '', filesOfSeeds])
  const asked = async (more: Readonly<Record<string, string>>) => {
    const ended = await hub.run(['doctor', '--json'], { PORT: '1', ...storage.environment, ...more })
    expect(ended.out + ended.err).not.toContain('pa55word')
    return Checks.parse(JSON.parse(ended.out)).flatMap(({ id, what }) => (/files/.test(id) ? [what] : []))
  }
  expect((await asked({})).slice(1)).toEqual([
    'The file storage answers, and takes the key.',
    `All ${filesOfSeeds} files are there.`,
    `The content of ${filesOfSeeds} files is what it was.`,
  ])
  const [key = ''] = await storage.keys()
  await storage.write(key, 'other')
  expect((await asked({})).slice(2)[0]).toMatch(new RegExp(`^1 of ${filesOfSeeds} files are missing or cut: `))
  expect((await asked({ FILES_SECRET: 'pa55word' })).slice(1)).toEqual([
    expect.stringMatching(
      /^The file storage at http:\/\/127.0.0.1:\d+ refuses the key .* \(403 SignatureDoesNotMatch\)/,
    ),
  ])
})

/** Names of files as the doctor says them: in the order of their hashes. */
function nameBoth(...files: [sha256: string, name: string][]): string {
  const inOrder = files.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return inOrder.map(([sha256, name]) => `${name} (${sha256})`).join(', ')
}

test('content that is not there is named', slow, async () => {
  await using hub = await anInstallation({ running: true })
  const { code, out, err } = await hub.run(['seed', '--from', join(hub.folder, 'none')])
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^\S+none\/hub\.json cannot be read: .+\n$/)
})

test('data newer than the program is refused by every command, and the doctor says why', slow, async () => {
  await using hub = await anInstallation()
  await hub.run(['migrate'])
  const database = await hub.open()
  await sql`insert into kysely_migration (name, timestamp) values ('0099-later', '2030')`.execute(database.kysely)
  await database.close()

  const message =
    'The data is newer than this program: it holds 0099-later, which this release does not know. ' +
    'Run the newer release again, or put back the copy made before the upgrade.\n'
  expect(await hub.run(['migrate'])).toEqual({ code: 1, out: '', err: message })
  expect(await hub.run(['seed'])).toEqual({ code: 1, out: '', err: message })
  const doctor = await hub.run(['doctor', '--json'])
  expect(doctor.code).toBe(1)
  expect(complaints(doctor)).toContainEqual(['migrations', 'fault'])
})

test('the doctor of an installation that was never started finds nothing at fault', async () => {
  await using hub = await anInstallation({ fresh: true })
  const doctor = await hub.run(['doctor', '--json'])
  expect([doctor.code, complaints(doctor)]).toEqual([0, [['data-folder', 'warning']]])
})

test('the doctor names a bad setting, a misspelt one, and a server that does not answer, within seconds', async () => {
  const [bad, misspelt] = await Promise.all([
    runProgram(['doctor', '--json'], { PORT: 'abc' }),
    runProgram(['doctor', '--json'], { HUB_ORGIN: 'x', HUB_DATA: '/nonexistent' }),
  ])
  expect([bad.code, complaints(bad)]).toEqual([1, [['settings', 'fault']]])
  expect([misspelt.code, complaints(misspelt)[0]]).toEqual([0, ['setting', 'warning']])

  await using hub = await anInstallation({ fresh: true })
  const began = Date.now()
  const down = await hub.run(['doctor', '--json'], { DATABASE_URL: 'postgres://hub:secret@127.0.0.1:1/hub' })
  const expected = [
    ['data-folder', 'warning'],
    ['database', 'fault'],
  ]
  expect([down.code, complaints(down)]).toEqual([1, expected])
  expect(down.out).not.toContain('secret')
  expect(Date.now() - began).toBeLessThan(10_000)
})

test('the doctor tells a folder that is damaged from one of another PostgreSQL; neither is started', async () => {
  await using hub = await anInstallation({ fresh: true })
  const other = join(hub.folder, 'other')
  for (const folder of [hub.dataFolder, other]) mkdirSync(join(folder, 'pg'), { recursive: true })
  writeFileSync(join(other, 'pg/PG_VERSION'), '17\n')

  const half = await hub.run(['doctor', '--json'])
  const old = await hub.run(['doctor', '--json'], { HUB_DATA: other })
  expect([half.code, complaints(half)]).toEqual([1, [['cluster', 'fault']]])
  expect([old.code, complaints(old)]).toEqual([1, [['cluster', 'fault']]])
  expect((await hub.run(['migrate'])).err).toMatch(/pg is not whole: PG_VERSION is missing\. .+\n$/)
  expect((await hub.run(['migrate'], { HUB_DATA: other })).err).toMatch(/pg was made by PostgreSQL 17; .+\n$/)
})
