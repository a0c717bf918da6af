import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { handlesOf, loadContent } from '#features/exchange/index.ts'
import { readHub } from '#features/hub/index.ts'
import { findSeminarId, readSeminar } from '#features/seminars/actions.ts'
import { agendaDocument } from '#features/seminars/agenda-pdf/document.ts'
import { agendaTemplate } from '#features/seminars/agenda-pdf/template.ts'
import { migrations } from '#migrations/index.ts'
import { migrate, openDatabase } from '#platform/db/index.ts'
import { createLocalFileStore } from '#platform/files/index.ts'
import { direction, loadCatalogues } from '#platform/i18n/index.ts'
import { createPdfCompiler, documentFontFiles } from '#platform/pdf/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from '../../src/schema.ts'
import { paperTemplate, paperWords } from './papers.ts'
import { slides, slidesTemplate } from './slides.ts'

const now = '2026-01-01T00:00:00.000Z'
const seeds = join(packageRoot(), 'seeds')
const folder = await mkdtemp(join(tmpdir(), 'hub-seed-files-'))
const pdf = createPdfCompiler({ fonts: documentFontFiles() })

/** The content without the files that are about to be made. */
async function copyContent(): Promise<string> {
  const content = join(folder, 'content')
  await cp(seeds, content, { recursive: true })
  for (const [name, without] of [
    ['seminars.json', { materials: [] }],
    ['publications.json', { editions: [] }],
  ] as const) {
    const path = join(content, name)
    const entries = z.array(z.looseObject({})).parse(JSON.parse(await readFile(path, 'utf8')))
    await writeFile(path, JSON.stringify(entries.map((entry) => ({ ...entry, ...without }))))
  }
  return content
}

const Paper = z.object({
  title: z.record(z.string(), z.string()),
  summary: z.record(z.string(), z.string()).default({}),
  editions: z.array(z.object({ files: z.array(z.object({ lang: z.string(), file: z.string() })) })).default([]),
})

/** An example paper for each file that a publication names. */
async function writePapers(): Promise<void> {
  const papers = z.array(Paper).parse(JSON.parse(await readFile(join(seeds, 'publications.json'), 'utf8')))
  for (const { title, summary, editions } of papers) {
    for (const { lang, file } of editions.flatMap(({ files }) => files)) {
      const words = Object.entries(paperWords).find(([known]) => known === lang)?.[1]
      if (!words) throw new Error(`There is no example text for ${file}`)
      const paper = {
        ...words,
        lang,
        dir: direction(lang),
        kicker: words.mark,
        title: title[lang] ?? title['en'] ?? '',
        lede: summary[lang] ?? '',
      }
      await write(basename(file), await pdf.compile(paperTemplate, paper))
    }
  }
}

async function write(name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(join(seeds, 'files', name), bytes)
  console.log(`seeds/files/${name}: ${bytes.length} bytes`)
}

const database = await openDatabase<HubTables>({ dataFolder: join(folder, 'data'), mode: 'own' })
try {
  await migrate(database.kysely, migrations)
  const files = createLocalFileStore(join(folder, 'files'))
  await loadContent({ db: database.kysely, files }, await copyContent(), now)
  const deps = { ...handlesOf(database.kysely), now: () => now }
  const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
  for (const lang of ['fr', 'en']) {
    const reader = { lang, chain: [lang], audience: ['public'] }
    const id = await findSeminarId(deps, reader, 'sustainable-development-and-reintegration-2021')
    const found = id === null ? null : await readSeminar(deps, reader, id)
    if (!found) throw new Error('The seminar of December 2021 is not there')
    const t = catalogues.translator(lang)
    const hubName = (await readHub(deps.records))?.texts['name']?.find((name) => name.lang === lang)?.value ?? ''
    const paper = agendaDocument(found.seminar, { origin: 'https://hub.example', hubName, lang, t })
    const mark = t('text.synthetic')
    const marked = { ...paper, kicker: `${paper.kicker} · ${mark}`, address: mark }
    await write(`agenda-${lang}.pdf`, await pdf.compile(agendaTemplate, marked))
  }
  await writePapers()
  await write('slides-fr.pdf', await pdf.compile(slidesTemplate, slides))
} finally {
  pdf.stop()
  await database.close()
  await rm(folder, { recursive: true })
}
