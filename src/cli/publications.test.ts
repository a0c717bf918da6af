import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anInstallation } from '#testing/installation.ts'

const slow = { timeout: 120_000 }

test(
  'publications are brought in from a terminal: tried row by row, refused, then made, then written out again',
  slow,
  async () => {
    await using hub = await anInstallation({ running: true })
    const file = join(hub.folder, 'works.csv')
    writeFileSync(file, 'title,date,authors,doi\nA paper,2021-08,Samuel Hall,10.1000/x\nAnother,31/02/2021,,\n')
    const tried = await hub.run(['import', 'publications', file, '--dry-run'])
    expect([tried.code, tried.err]).toEqual([1, ''])
    expect(tried.out.split('\n')).toEqual([
      '2 rows: 1 new, 0 changed, 0 as they were, 0 that may be there already, 1 refused.',
      'Dry run: nothing was written.',
      '',
      'Row by row',
      '  line 2: new: "A paper"',
      '  line 3: refused: "Another"',
      '',
      'Look at',
      '  line 2: "Samuel Hall" is an organisation in the file, and looks like a person',
      '  line 3, column "date": "31/02/2021" is not a date',
      '',
    ])
    const made = await hub.run(['import', 'publications', file, '--only-good', '--publish', '--json'])
    expect([made.code, JSON.parse(made.out)]).toMatchObject([1, { ok: true, done: true }])
    const out = join(hub.folder, 'out.bib')
    const written = await hub.run(['export', 'publications', out])
    expect([written.code, written.out]).toEqual([0, `1 publications were written to ${out}.\n`])
    expect(readFileSync(out, 'utf8')).toContain('author = {{Samuel Hall}}')
    const again = await hub.run(['import', 'publications', out])
    expect(again.out.split('\n', 1)).toEqual([
      '1 rows: 0 new, 0 changed, 1 as they were, 0 that may be there already, 0 refused.',
    ])
    const nothing = await hub.run(['export', 'publications', join(hub.folder, 'out.pdf')])
    expect([
      nothing.code,
      nothing.err.endsWith('the name ends in none of .csv, .xlsx, .bib, .ris and .json.\n'),
    ]).toEqual([1, true])
  },
)

test(
  'rows that may be there already are named by their lines, to be made or to change what is there',
  slow,
  async () => {
    await using hub = await anInstallation({ running: true })
    const file = join(hub.folder, 'works.csv')
    const near = join(hub.folder, 'near.csv')
    writeFileSync(file, 'title,date\nA paper,2021\n')
    writeFileSync(near, 'title,date\nA paper!,2021-08\nA PAPER,2021-09\n')
    const firstLine = async (...args: string[]) => {
      const { code, out, err } = await hub.run(['import', 'publications', ...args])
      return [code, err, ...out.split('\n', 1)]
    }
    await firstLine(file)
    expect(await firstLine(near)).toEqual([
      0,
      '',
      '2 rows: 0 new, 0 changed, 0 as they were, 2 that may be there already, 0 refused.',
    ])
    expect(await firstLine(near, '--new', '2', '--same', '3,9')).toEqual([
      1,
      'There is no row at line 9.\n',
      '2 rows: 1 new, 1 changed, 0 as they were, 0 that may be there already, 0 refused.',
    ])
    const [wrong, both] = [await firstLine(near, '--new', '2-3'), await firstLine(near, '--new', '2', '--same', '2')]
    expect([wrong[0], both[0], both[1]]).toEqual([2, 1, 'Line 2 is named by --same and by --new.\n'])
  },
)
