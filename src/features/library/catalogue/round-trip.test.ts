import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Work } from '../work.ts'
import { readBibtex } from './bibtex-read.ts'
import { writeBibtex } from './bibtex-write.ts'
import { readCslJson } from './csl-json-read.ts'
import { writeCslJson } from './csl-json-write.ts'
import { readRis, writeRis } from './ris.ts'
import { catalogueFormats, readCatalogue, writeCatalogue } from './catalogue.ts'
import { context, flatWorks, inOrder, tableWorks, worksOf } from './test-works.ts'

const runs = { numRuns: 300 }
const lists = fc
  .array(flatWorks, { minLength: 1, maxLength: 3 })
  .map((works) =>
    works.filter((work, index) => work.id === null || works.findIndex((other) => other.id === work.id) === index),
  )

test('works that go out as BibTeX come in again as they were', () => {
  fc.assert(
    fc.property(lists, (works) => {
      expect(worksOf(readBibtex(writeBibtex(works, context), context)).map(inOrder)).toEqual(works.map(inOrder))
    }),
    runs,
  )
})

const withoutSubtitle = (work: Work): Work => ({ ...inOrder(work), subtitle: {} })

test('works that go out as RIS come in again as they were, save their subtitles', () => {
  fc.assert(
    fc.property(lists, (works) => {
      expect(worksOf(readRis(writeRis(works, context), context)).map(withoutSubtitle)).toEqual(
        works.map(withoutSubtitle),
      )
    }),
    runs,
  )
})

test('works that go out as CSL-JSON come in again as they were', () => {
  fc.assert(
    fc.property(lists, (works) => {
      expect(worksOf(readCslJson(writeCslJson(works, context), context)).map(inOrder)).toEqual(works.map(inOrder))
    }),
    runs,
  )
})

const bytesOf = (written: string | Uint8Array) =>
  typeof written === 'string' ? new TextEncoder().encode(written) : written
const tables = fc.array(tableWorks, { minLength: 1, maxLength: 3 })
/** Words have no order. */
const asHeld = (work: Work) => ({
  ...inOrder(work),
  editions: work.editions.toSorted((one, other) => String(one.lang).localeCompare(String(other.lang))),
})

test.each(['en', 'fr', 'es', 'ar', 'pt'])(
  'works that go out as CSV headed in %s come in again as they were',
  async (lang) => {
    await fc.assert(
      fc.asyncProperty(tables, async (works) => {
        const written = await writeCatalogue(works, 'csv', { ...context, lang, langs: [] })
        const read = await readCatalogue(bytesOf(written), 'works.csv', context)
        expect(worksOf(read).map(asHeld)).toEqual(works.map(asHeld))
      }),
      { numRuns: 60 },
    )
  },
)

test('works that go out as XLSX come in again as they were', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (works) => {
      const written = await writeCatalogue(works, 'xlsx', { ...context, langs: [] })
      const read = await readCatalogue(bytesOf(written), 'works.xlsx', context)
      expect(worksOf(read).map(asHeld)).toEqual(works.map(asHeld))
    }),
    { numRuns: 40 },
  )
})

test('a file is known by what is in it, whatever its name', async () => {
  await fc.assert(
    fc.asyncProperty(flatWorks, fc.constantFrom(...Object.keys(catalogueFormats)), async (work, format) => {
      const known = Object.keys(catalogueFormats).find((one) => one === format)
      if (known !== 'bib' && known !== 'ris' && known !== 'csl.json' && known !== 'csv' && known !== 'xlsx') return
      const written = await writeCatalogue([work], known, { ...context, langs: [] })
      expect(worksOf(await readCatalogue(bytesOf(written), 'unnamed', context)).length).toBe(1)
    }),
    { numRuns: 50 },
  )
})
