import { expect, test } from 'vitest'
import { aWorkbook, DATE_STYLE, textCell as text, type Workbook } from '#testing/workbook.ts'
import { openCatalogue } from './read-apart.ts'
import { readCatalogue } from './catalogue.ts'
import type { CatalogueRead } from './read.ts'
import { context } from './test-works.ts'

const heading = ['title', 'date', 'series', 'authors'].map((name, column) => text(`${'ABCD'[column]}1`, name)).join('')
const number = (at: string, value: number, style = 0) => `<c r="${at}" s="${style}"><v>${value}</v></c>`

async function read(rows: readonly string[], more: Partial<Workbook> = {}): Promise<CatalogueRead> {
  return readCatalogue(aWorkbook({ rows: [heading, ...rows], ...more }), 'works.xlsx', context)
}

function entriesOf(found: CatalogueRead) {
  if (!found.ok) throw new Error(found.fault)
  return found.entries.map(({ line, patch, problems }) => ({
    line,
    title: patch?.title['en'] ?? null,
    issued: patch?.issued ?? null,
    series: patch?.series?.name ?? null,
    problems: problems.map(({ field, problem, value }) => [field, problem, value]),
  }))
}

test('a merged cell counts for each of its rows, and a row that is merged away by its title is told', async () => {
  const rows = [
    text('A2', 'One') + text('C2', 'Bites'),
    text('A3', 'Two') + '<c r="C3"/>',
    text('A4', 'Three'),
    text('A5', 'Four'),
    number('B6', 2021),
  ]
  const found = entriesOf(await read(rows, { merged: ['C2:C4', 'A1:A1', 'B4:C4'] }))
  expect(found.map(({ line, title, series }) => [line, title, series])).toEqual([
    [2, 'One', 'Bites'],
    [3, 'Two', 'Bites'],
    [4, 'Three', 'Bites'],
    [5, 'Four', null],
    [6, null, null],
  ])
  expect(found[4]?.problems).toEqual([['title', 'noTitle', '']])
})

test('a heading that is merged over two rows makes no work of the second', async () => {
  const found = await read(['', text('A3', 'One')], { merged: ['A1:A2', 'B1:B2'] })
  expect(entriesOf(found).map(({ line, title }) => [line, title])).toEqual([[3, 'One']])
})

test('merged areas that cover the whole sheet a thousand times take no time', async () => {
  const rows = Array.from({ length: 2000 }, (_, index) => text(`A${index + 2}`, `Work ${index}`))
  const start = performance.now()
  const found = await read([number('B2', 2021) + text('C2', 'x'), ...rows.slice(1)], {
    merged: Array.from({ length: 20_000 }, () => 'C2:C1048576'),
  })
  expect(found.ok).toBe(true)
  expect(performance.now() - start).toBeLessThan(5000)
})

test('a formula is its value; a row with one that has none, or is in error, is refused by the cell', async () => {
  const found = entriesOf(
    await read([
      '<c r="A2" t="str"><f>CONCAT("On","e")</f><v>One</v></c><c r="B2"><f>2000+21</f><v>2021</v></c>',
      '<c r="A3"><f>CONCAT("Tw","o")</f><v></v></c>',
      '<c r="A4" t="str"><f>B4&amp;"x"</f></c>' + number('B4', 2021),
      text('A5', 'Five') + '<c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      text('A6', 'Six') + '<c r="C6" t="str"><f>""</f><v></v></c>',
      text('A7', 'Seven') + '<c r="B7"><f t="shared" si="0"/><v>2022</v></c>',
      text('A8', "'=Eight"),
    ]),
  )
  expect(found.map(({ title, issued, problems }) => [title, issued, problems])).toEqual([
    ['One', '2021', []],
    [
      null,
      null,
      [
        ['title', 'formula', '=CONCAT("Tw","o")'],
        ['title', 'noTitle', ''],
      ],
    ],
    [
      null,
      null,
      [
        ['title', 'formula', '=B4&"x"'],
        ['title', 'noTitle', ''],
      ],
    ],
    [null, null, [['date', 'formula', '=#DIV/0!']]],
    ['Six', null, []],
    ['Seven', '2022', []],
    ['=Eight', null, []],
  ])
})

test.each([
  [1900, 44_427],
  [1904, 42_965],
])(
  'a day that is kept as a number counted from %i is that day, whether it is shown as a date or not',
  async (year, day) => {
    const rows = [
      text('A2', 'One') + number('B2', day, DATE_STYLE),
      text('A3', 'Two') + number('B3', day),
      text('A4', 'Three') + number('B4', day + 0.75, DATE_STYLE),
      text('A5', 'Four') + number('B5', 2021),
      text('A6', 'Five') + '<c r="B6" t="d"><v>2021-08-19</v></c>',
    ]
    const found = entriesOf(await read(rows, { isFrom1904: year === 1904 }))
    expect(found.map(({ issued }) => issued)).toEqual(['2021-08-19', '2021-08-19', '2021-08-19', '2021', '2021-08-19'])
  },
)

test('headings in Arabic are known in a spreadsheet as well, with Arabic words in its formulas', async () => {
  const head = text('A1', 'العنوان (ar)') + text('B1', 'التاريخ') + text('C1', 'البلد')
  const rows = [head, text('A2', 'عنوان') + number('B2', 2021) + text('C2', 'النيجر'), '<c r="A3"><f>"عنوان"</f></c>']
  const found = await readCatalogue(aWorkbook({ rows }), 'works.xlsx', context)
  if (!found.ok) throw new Error(found.fault)
  expect(found.entries.map(({ patch }) => patch && [patch.title, patch.issued, patch.places])).toEqual([
    [{ ar: 'عنوان' }, '2021', ['NE']],
    null,
  ])
  expect(found.entries[1]?.problems[0]?.value).toBe('="عنوان"')
})

const open = async (bytes: Uint8Array, name: string) =>
  openCatalogue(
    (async function* () {
      yield bytes
    })(),
    name,
    context,
  )

const manyRows = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const at = index + 2
    return (
      text(`A${at}`, `Work ${index}`) + number(`B${at}`, 2021) + text(`C${at}`, 'Bites') + text(`D${at}`, 'Doe, Jane')
    )
  })

test(
  'a spreadsheet with 100,000 works is read in its own process, within its time and memory',
  { timeout: 180_000 },
  async () => {
    const file = aWorkbook({ rows: [heading, ...manyRows(100_000)] })
    const before = process.memoryUsage().rss
    const start = performance.now()
    const opened = await open(file, 'works.xlsx')
    if (!opened.ok) throw new Error(opened.fault)
    await using reading = opened.reading
    expect(performance.now() - start).toBeLessThan(90_000)
    expect(reading.total).toBe(100_000)
    expect((await reading.next(1))[0]?.patch).toMatchObject({ title: { en: 'Work 0' }, issued: '2021' })
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  },
)

test('a spreadsheet with more works than are taken is refused as such', { timeout: 180_000 }, async () => {
  const opened = await open(aWorkbook({ rows: [heading, ...manyRows(100_001)] }), 'works.xlsx')
  expect(opened).toMatchObject({ ok: false, fault: 'tooMany' })
})
