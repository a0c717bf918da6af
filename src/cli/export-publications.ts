import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { handlesOf } from '#features/exchange/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { formatOfName, listWorks, writeCatalogue, type HubWork } from '#features/library/index.ts'
import { listIds, type Reader } from '#features/records/index.ts'
import { loadCatalogues } from '#platform/i18n/index.ts'
import { packageRoot } from '#platform/root.ts'
import { orderLanguages } from '../wiring.ts'
import { readConfig } from '../config.ts'
import { withDatabase } from './database.ts'
import { CommandError, say } from './output.ts'

/** `export publications`: what the library has published, for other catalogues. */
export function exportPublicationsCommand(): Command {
  return new Command('publications')
    .summary('write the publications of the library as a catalogue')
    .description(
      'Writes what the public sees of the library as a table (.csv, .xlsx), for reference managers (.bib, .ris) or as ' +
        'CSL-JSON (.json), by how the name of the file ends. A file that is there already is replaced. `import publications` reads it back.',
    )
    .argument('<file>', 'where to write it: .csv, .xlsx, .bib, .ris or .json')
    .action(async (file: string) => {
      const config = readConfig(process.env)
      const format = formatOfName(file)
      if (!format) throw new CommandError(`${file}: the name ends in none of .csv, .xlsx, .bib, .ris and .json.`)
      const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
      const { works, languages } = await withDatabase(config, async ({ kysely }) => {
        const { languages: wanted } = await readHubSettings(kysely.$pickTables())
        const deps = { ...handlesOf(kysely), now: () => new Date().toISOString() }
        const reader: Reader = { lang: 'en', chain: ['en'], audience: ['public'] }
        const ids = await listIds(deps.records, 'publication', reader)
        const found: HubWork[] = []
        for (let at = 0; at < ids.length; at += 300)
          found.push(...(await listWorks(deps, reader, ids.slice(at, at + 300))))
        return { works: found, languages: orderLanguages(catalogues, wanted) }
      })
      const context = { origin: config.HUB_ORIGIN, lang: languages[0], langs: languages }
      const written = await writeCatalogue(
        works.map(({ work }) => work),
        format,
        context,
      )
      await writeFile(file, written).catch((error: unknown) => {
        throw new CommandError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
      })
      say(`${works.length} publications were written to ${resolve(file)}.`)
    })
}
