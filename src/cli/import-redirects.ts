import { join } from 'node:path'
import { Command } from 'commander'
import { importRedirects, MOST_REDIRECT_BYTES, MOST_REDIRECTS, type RedirectImported } from '#features/admin/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { loadCatalogues, type Translate } from '#platform/i18n/index.ts'
import { packageRoot } from '#platform/root.ts'
import { orderLanguages } from '../wiring.ts'
import { readConfig } from '../config.ts'
import { withDatabase } from './database.ts'
import { CommandError, say, sayList } from './output.ts'
import { readBounded } from './read-bounded.ts'

interface Options {
  readonly dryRun?: boolean
  readonly onlyGood?: boolean
  readonly json?: boolean
}

/** `import redirects`: where the addresses of a former site lead now. */
export function importRedirectsCommand(): Command {
  return new Command('redirects')
    .summary('bring in where the addresses of a former site lead now')
    .description(
      'Reads a CSV file with the columns path and target (named in the first row, or in this order). A target is the id of a ' +
        `record, a path of the hub or an http(s) address. At most ${MOST_REDIRECTS} rows. Nothing is written when a row is refused, ` +
        'unless --only-good says so. Run again it changes nothing.',
    )
    .argument('<file>', 'the table: .csv')
    .option('--dry-run', 'read and report, write nothing')
    .option('--only-good', 'write the good rows although others are refused')
    .option('--json', 'print the result as JSON')
    .action(importFile)
}

async function importFile(file: string, { dryRun = false, onlyGood = false, json = false }: Options): Promise<void> {
  const config = readConfig(process.env)
  const bytes = await readBounded(file, { what: 'a table of redirects', most: MOST_REDIRECT_BYTES })
  const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
  const t = catalogues.translator('en')
  const result = await withDatabase(config, async ({ kysely }) => {
    const { languages } = await readHubSettings(kysely.$pickTables())
    const deps = {
      db: kysely,
      now: () => new Date().toISOString(),
      origin: config.HUB_ORIGIN,
      languages: orderLanguages(catalogues, languages),
    }
    return importRedirects(deps, { actor: 'cli' }, bytes, { dryRun, onlyGood })
  })
  if (json) say(JSON.stringify(result, null, 2))
  else report(file, result, dryRun, t)
  if (!result.ok || (result.refused.length > 0 && !result.done)) process.exitCode = 1
}

function report(file: string, result: RedirectImported, dryRun: boolean, t: Translate): void {
  if (!result.ok) {
    const place = result.row === null ? '' : `, row ${result.row}`
    throw new CommandError(`${file}${place}: ${t(`admin.table.${result.problem}`)}`)
  }
  const { rows, added, changed, unchanged, refused, done, encoding } = result
  if (encoding !== 'utf-8') say(`Read as ${encoding}.`)
  say(`${rows} rows: ${added} new, ${changed} changed, ${unchanged} as they were, ${refused.length} refused.`)
  if (dryRun) say('Dry run: nothing was written.')
  else if (!done) say('Nothing was written. --only-good writes the good rows.')
  sayList(
    'Refused',
    refused.map(({ row, column, value, problem }) => {
      return `row ${row}, column "${column}": ${JSON.stringify(value)}: ${t(`admin.redirects.problem.${problem}`)}`
    }),
  )
}
