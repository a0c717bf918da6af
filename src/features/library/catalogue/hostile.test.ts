import { Zip, ZipDeflate, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readBibtex } from './bibtex-read.ts'
import { readCatalogue, writeCatalogue } from './catalogue.ts'
import type { CatalogueRead } from './read.ts'
import { readRis } from './ris.ts'
import { readPlace } from './places.ts'
import { aWork, context } from './test-works.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))

function patches(read: CatalogueRead) {
  if (!read.ok) throw new Error(read.fault)
  return read.entries.map(({ patch }) => patch)
}
function problems(read: CatalogueRead) {
  if (!read.ok) throw new Error(read.fault)
  return [...read.problems, ...read.entries.flatMap((entry) => entry.problems)].map(
    ({ line, entry, field, problem, value }) => [line, entry, field, problem, value],
  )
}
const authorsOf = (read: CatalogueRead) =>
  patches(read).map((patch) => (patch?.contributors ?? []).map(({ kind, name, given }) => [kind, name, given]))

test('BibTeX with LaTeX accents, braces, strings, months and a parent is read as people mean it', () => {
  const read = readBibtex(
    String.raw`% a comment with @ in it
@string{iom = "International Organization for Migration"}
@comment{ @book{hidden, title={No}} }
@techreport{hall2021,
  author = {{Samuel Hall} and Mu{\~n}oz, Jos\'e and Ludwig van Beethoven and {\'E}l{\"u}rd, {\c{C}}a\u{g}lar},
  title  = {{R\'eint\'egration} durable --- {\oe}uvre \& \textit{suite}},
  institution = iom # { (IOM)},
  year = 2021, month = aug, day = 19,
  language = "french",
  doi = {https://doi.org/10.5281/ZENODO.1},
}
@inbook{part, crossref = {whole}, title = {A part}}
@book(whole, title = "The whole", editor = {Doe, Jane}, year = "2020")`,
    context,
  )
  expect(problems(read)).toEqual([])
  expect(patches(read).map((patch) => [patch?.sourceLang, patch?.title, patch?.issued])).toEqual([
    ['fr', { fr: 'Réintégration durable — œuvre & suite' }, '2021-08-19'],
    ['en', { en: 'A part' }, '2020'],
    ['en', { en: 'The whole' }, '2020'],
  ])
  expect(authorsOf(read)).toEqual([
    [
      ['organisation', 'Samuel Hall', null],
      ['person', 'Muñoz', 'José'],
      ['person', 'van Beethoven', 'Ludwig'],
      ['person', 'Élürd', 'Çağlar'],
      ['organisation', 'International Organization for Migration (IOM)', null],
    ],
    [['person', 'Doe', 'Jane']],
    [['person', 'Doe', 'Jane']],
  ])
})

test('an entry that is broken is told with its line and its key, and those around it are read', () => {
  const read = readBibtex(
    '@book{a, title={One}}\n@book{b,\n title={Two\n}\n@book{c, title={Three}, year={31}}\n@book{d, title={Four}}',
    context,
  )
  expect(patches(read).map((patch) => patch?.title ?? null)).toEqual([{ en: 'One' }, null, null, { en: 'Four' }])
  expect(problems(read).map((problem) => problem.slice(0, 4))).toEqual([
    [2, 'b', null, 'broken'],
    [5, 'c', 'year', 'date'],
  ])
})

test('braces without an end, nested a hundred thousand times, take no time', () => {
  const start = performance.now()
  const read = readBibtex(`@book{a, title={${'{'.repeat(200_000)}\n@book{b, title={B}}`, context)
  expect(patches(read)).toEqual([null, { sourceLang: 'en', title: { en: 'B' }, types: ['book'] }])
  expect(performance.now() - start).toBeLessThan(2000)
})

test('in RIS an organisation stays whole, and what cannot be read has its line', () => {
  const read = readRis(
    'TY  - RPRT\nTI  - A\nAU  - Samuel Hall,\nAU  - Doe, Jane\nAU  - Ministry of Foreign Affairs,, Denmark\nDO  - none\nER  - \n\nTY  - BOOK\nPY  - soon\nER  - ',
    context,
  )
  expect(authorsOf(read)).toEqual([
    [
      ['organisation', 'Samuel Hall', null],
      ['person', 'Doe', 'Jane'],
      ['organisation', 'Ministry of Foreign Affairs, Denmark', null],
    ],
    [],
  ])
  expect(problems(read)).toEqual([
    [6, null, 'DO', 'identifier', 'none'],
    [9, null, 'TI', 'noTitle', ''],
    [10, null, 'PY', 'date', 'soon'],
  ])
})

test('a table saved by a spreadsheet of western Europe is read: semicolons, Latin-1, French headings', async () => {
  const read = await readCatalogue(
    latin1(
      "Titre;Langue;Auteurs;Pays;Date;Thèmes\r\nRéintégration;français;Samuel Hall|Doe, Jane;Côte d'Ivoire|Sénégal;19/08/2021;Asia, the Pacific|theme:governance\r\n",
    ),
    'catalogue.csv',
    context,
  )
  expect(problems(read)).toEqual([])
  expect(patches(read)).toEqual([
    {
      sourceLang: 'fr',
      title: { fr: 'Réintégration' },
      issued: '2021-08-19',
      contributors: [
        { role: 'author', kind: 'organisation', agentId: null, name: 'Samuel Hall', given: null },
        { role: 'author', kind: 'person', agentId: null, name: 'Doe', given: 'Jane' },
      ],
      concepts: [
        { scheme: '', notation: 'Asia, the Pacific' },
        { scheme: 'theme', notation: 'governance' },
      ],
      places: ['CI', 'SN'],
    },
  ])
})

test('headings in Arabic, and values in columns of one name', async () => {
  const read = await readCatalogue(
    bytes('\uFEFFالعنوان (ar),title_en,البلد,البلد 2\nعنوان,A title,النيجر,NG\n'),
    'a.csv',
    context,
  )
  expect(patches(read)).toEqual([{ sourceLang: 'en', title: { ar: 'عنوان', en: 'A title' }, places: ['NE', 'NG'] }])
})

test('tags of HXL name the columns, whatever stands above them', async () => {
  const read = await readCatalogue(
    bytes('Our list,,\nName of it,Ausgabejahr,Nr\n#meta +title +en,#date+issued,#x+y\nOne,44197,1\n'),
    'a.csv',
    context,
  )
  expect(patches(read)).toEqual([{ sourceLang: 'en', title: { en: 'One' }, issued: '2021-01-01' }])
})

test('what is wrong in a table is told by row and column', async () => {
  const table =
    'title,date,language,type,isbn,places,colour\nOne,31/02/2021,en,study,9789292688310,Atlantis,red\n,2021,,,,,\nTwo,,klingonish tongue,poem,,Global|Republic of,'
  const read = await readCatalogue(bytes(table), 'a.csv', context)
  expect(patches(read)).toEqual([null, null, null])
  expect(problems(read)).toEqual([
    [1, null, 'colour', 'column', 'colour'],
    [2, null, 'date', 'date', '31/02/2021'],
    [2, null, 'isbn', 'identifier', '9789292688310'],
    [2, null, 'places', 'place', 'Atlantis'],
    [3, null, 'title', 'noTitle', ''],
    [4, null, 'language', 'language', 'klingonish tongue'],
    [4, null, 'type', 'type', 'poem'],
    [4, null, 'places', 'global', 'Global'],
    [4, null, 'places', 'cut', 'Republic of (Korea, Republic of)'],
  ])
})

test('no cell goes out that a spreadsheet would run', async () => {
  const evil = ['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1']
  for (const title of evil) {
    const written = await writeCatalogue([aWork({ title: { en: title } })], 'csv', { ...context, langs: [] })
    expect(String(written)).toContain(`'${title.slice(0, 2)}`)
  }
})

test.each([
  ['nothing', bytes(''), 'empty'],
  ['nothing but a heading', bytes('title,date\n'), 'empty'],
  ['no title among the columns', bytes('colour,size\nred,1\n'), 'noHeading'],
  ['bytes that are no text', Uint8Array.from([0, 1, 2, 3, 0]), 'binary'],
  ['a quote that never ends', bytes('title\n"abc\n'), 'quotes'],
  ['a spreadsheet with a password', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'encrypted'],
  ['a cut spreadsheet', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), 'broken'],
  ['a ZIP file that is no spreadsheet', zipSync({ 'a.txt': bytes('a') }), 'broken'],
  ['JSON that breaks off', bytes('[{"title": "A"'), 'broken'],
])('a file with %s is refused as a whole', async (_, file, fault) => {
  expect(await readCatalogue(file, 'unnamed', context)).toMatchObject({ ok: false, fault })
})

/** A ZIP file of some kilobytes that unpacks to many megabytes of nothing. */
function aBomb(megabytes: number): Uint8Array {
  const pieces: Uint8Array[] = []
  const zip = new Zip((_, piece) => pieces.push(piece))
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 1 })
  zip.add(sheet)
  const nothing = new Uint8Array(1024 * 1024)
  for (let count = 0; count < megabytes; count += 1) sheet.push(nothing)
  sheet.push(new Uint8Array(), true)
  zip.end()
  return Uint8Array.from(Buffer.concat(pieces))
}

test('a ZIP bomb is given up before it fills the memory', async () => {
  const bomb = aBomb(130)
  const before = process.memoryUsage().rss
  const start = performance.now()
  expect(await readCatalogue(bomb, 'a.xlsx', context)).toEqual({ ok: false, fault: 'tooLarge', line: null })
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
})

test('too many rows are refused', async () => {
  const read = await readCatalogue(bytes(`title\n${'A\n'.repeat(100_030)}`), 'a.csv', context)
  expect(read).toMatchObject({ ok: false, fault: 'tooMany' })
})

test('places are known by their names in five languages, and Niger is not Nigeria', () => {
  expect(
    ['Niger', 'Nigeria', 'Guinée-Bissau', 'Guinea', 'النيجر', 'Tanzania, United Republic of', 'DRC'].map(readPlace),
  ).toEqual(['NE', 'NG', 'GW', 'GN', 'NE', 'TZ', 'CD'].map((code) => ({ code, isGlobal: false })))
})
