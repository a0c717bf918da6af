import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anInstallation } from '#testing/installation.ts'

const slow = { timeout: 120_000 }

test(
  'redirects are brought in from a terminal: tried, refused by row, then the good ones, then nothing new',
  slow,
  async () => {
    await using hub = await anInstallation({ running: true })
    const file = join(hub.folder, 'r.csv')
    writeFileSync(file, 'path,target\n/a,/en\n/b,javascript:x\n')
    const tried = await hub.run(['import', 'redirects', file, '--dry-run'])
    expect([tried.code, tried.out.split('\n').slice(0, 2)]).toEqual([
      1,
      ['2 rows: 1 new, 0 changed, 0 as they were, 1 refused.', 'Dry run: nothing was written.'],
    ])
    expect(tried.out).toContain('row 3, column "target": "javascript:x": This is no record’s id')
    const refused = await hub.run(['import', 'redirects', file, '--json'])
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([1, { ok: true, done: false, added: 1 }])
    const good = await hub.run(['import', 'redirects', file, '--only-good'])
    expect([good.code, good.out.startsWith('2 rows: 1 new')]).toEqual([0, true])
    const again = await hub.run(['import', 'redirects', file, '--only-good'])
    expect(again.out.startsWith('2 rows: 0 new, 0 changed, 1 as they were, 1 refused.')).toBe(true)
    const missing = await hub.run(['import', 'redirects', join(hub.folder, 'none.csv')])
    expect([missing.code, missing.err]).toEqual([1, `${hub.folder}/none.csv cannot be read: there is no such file.\n`])
  },
)

test('a vocabulary is brought in from a terminal, a wrong one is refused with its line', slow, async () => {
  await using hub = await anInstallation({ running: true })
  const file = join(hub.folder, 'v.ttl')
  const turtle =
    '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<#v> a skos:ConceptScheme ; skos:prefLabel "V"@en .\n'
  writeFileSync(file, turtle)
  const made = await hub.run(['import', 'vocabulary', file, '--publish'])
  expect([made.code, made.out, made.err]).toEqual([
    0,
    '1 new, 0 changed, 0 as they were, 0 not in the file.\n\nWritten\n  new v: label en\n',
    '',
  ])
  const again = await hub.run(['import', 'vocabulary', file, '--json'])
  expect([again.code, JSON.parse(again.out)]).toMatchObject([
    0,
    { ok: true, done: true, plan: { items: [{ outcome: 'same' }] } },
  ])
  writeFileSync(file, `${turtle}<#x> skos:prefLabel "open .\n`)
  const broken = await hub.run(['import', 'vocabulary', file])
  expect([broken.code, broken.out, broken.err.startsWith(`${file}, line 3: `)]).toEqual([1, '', true])
})
