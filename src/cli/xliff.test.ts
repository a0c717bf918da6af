import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { anInstallation } from '#testing/installation.ts'

/** Each command is a process of its own; a busy machine takes its time. */
const slow = { timeout: 120_000 }

/** The contract of `--json`. */
const Printed = z.strictObject({
  sourceLang: z.string(),
  targetLang: z.string(),
  dryRun: z.boolean(),
  counts: z.record(z.string(), z.number()),
  texts: z.array(z.strictObject({ record: z.string(), unit: z.string(), line: z.number(), outcome: z.string() })),
})

test('texts go out, are translated, and come back once, whatever else the file holds', slow, async () => {
  await using hub = await anInstallation({ running: true })
  await hub.run(['seed'])
  const file = join(hub.folder, 'out.xlf')
  const out = await hub.run(['export', 'xliff', '--lang', 'ar', '--from', 'en', '--kind', 'seminar', '--all', file])
  expect([out.code, out.err]).toEqual([0, ''])
  expect(out.out).toMatch(/^\d+ texts of \d+ records were written to .*out\.xlf\.\n$/)
  const document = readFileSync(file, 'utf8')
  const translated = document.replace(/<target>[^<]*<\/target>/, '<target>نص جديد</target>')

  const stray = translated.replace('</file>', '<unit id="nothing"><segment><source>a</source></segment></unit></file>')
  const dry = await hub.run(['import', 'xliff', hub.write('stray.xlf', stray), '--dry-run', '--json'])
  expect([dry.code, dry.err]).toEqual([1, ''])
  expect(Printed.parse(JSON.parse(dry.out))).toMatchObject({
    dryRun: true,
    targetLang: 'ar',
    counts: { replaced: 1, unknownField: 1 },
  })

  const back = hub.write('back.xlf', translated)
  const first = await hub.run(['import', 'xliff', back])
  expect([first.code, first.err, first.out]).toEqual([
    0,
    '',
    expect.stringMatching(/The file was brought in\.\n {2}Replaced: 1\./),
  ])
  const again = Printed.parse(JSON.parse((await hub.run(['import', 'xliff', back, '--json'])).out))
  expect(Object.keys(again.counts).filter((outcome) => outcome !== 'same' && outcome !== 'empty')).toEqual([])
})

const half = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fr">\n<file>'

test('what cannot be read or written is named in one line', slow, async () => {
  await using hub = await anInstallation({ running: true })
  const ended = await Promise.all([
    hub.run(['import', 'xliff', hub.write('half.xlf', half)]),
    hub.run(['import', 'xliff', hub.write('words.xlf', 'Dear agency')]),
    hub.run(['import', 'xliff', join(hub.folder, 'none.xlf')]),
  ])
  expect(ended.map(({ code, out }) => [code, out])).toEqual(ended.map(() => [1, '']))
  expect(ended.map(({ err }) => err.replaceAll(hub.folder, ''))).toEqual([
    '/half.xlf: Line 2: The file ends too early; it may have been cut off on its way. Still open: <file>\n',
    '/words.xlf: Line 1: This is not well-formed XML: Dear agency\n',
    '/none.xlf cannot be read: there is no such file.\n',
  ])
  const file = join(hub.folder, 'out.xlf')
  const nothing = await hub.run(['export', 'xliff', '--lang', 'ar', file])
  const other = await hub.run(['export', 'xliff', '--lang', 'de', file])
  expect([nothing.code, nothing.err]).toEqual([
    1,
    'Nothing that was asked for needs translating, so nothing was written.\n',
  ])
  expect([other.code, other.err]).toEqual([1, expect.stringMatching(/^de is no language of this hub: en, .+\.\n$/)])
  expect(existsSync(file)).toBe(false)
  expect((await hub.run(['export', 'xliff', file])).code).toBe(2)
})
