import { join } from 'node:path'
import { Command } from 'commander'
import { importVocabulary, type VocabularyImported } from '#features/admin/index.ts'
import { MOST_SKOS_BYTES } from '#features/taxonomy/index.ts'
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
  readonly publish?: boolean
  readonly json?: boolean
}

/** `import vocabulary`: a SKOS file. */
export function importVocabularyCommand(): Command {
  return new Command('vocabulary')
    .summary('bring in a vocabulary as SKOS, in Turtle or JSON-LD')
    .description(
      'Reads a SKOS file and adds what is new in it and changes what is other; terms and languages the file is silent about ' +
        'stay. Nothing is written when something in it is wrong, and nothing outside the file is fetched. Run again it changes nothing.',
    )
    .argument('<file>', 'the vocabulary: .ttl, .jsonld or .json')
    .option('--dry-run', 'read and report, write nothing')
    .option('--publish', 'publish what is new at once; else it is a draft')
    .option('--json', 'print the result as JSON')
    .action(importFile)
}

async function importFile(file: string, { dryRun = false, publish = false, json = false }: Options): Promise<void> {
  const config = readConfig(process.env)
  const bytes = await readBounded(file, { what: 'a vocabulary', most: MOST_SKOS_BYTES })
  const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
  const result = await withDatabase(config, async ({ kysely }) => {
    const { languages } = await readHubSettings(kysely.$pickTables())
    const deps = {
      db: kysely,
      now: () => new Date().toISOString(),
      origin: config.HUB_ORIGIN,
      languages: orderLanguages(catalogues, languages),
      changed: () => undefined,
    }
    return importVocabulary(deps, { actor: 'cli' }, bytes, { dryRun, publish })
  })
  if (json) say(JSON.stringify(result, null, 2))
  else report(file, result, dryRun, catalogues.translator('en'))
  if (!result.ok || result.plan.problems.length > 0) process.exitCode = 1
}

function report(file: string, result: VocabularyImported, dryRun: boolean, t: Translate): void {
  if (!result.ok) throw new CommandError(`${file}${result.line === null ? '' : `, line ${result.line}`}: ${result.why}`)
  const { items, left, problems, unknown } = result.plan
  const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length
  say(
    `${count('new')} new, ${count('changed')} changed, ${count('same')} as they were, ${left.length} not in the file.`,
  )
  if (dryRun) say('Dry run: nothing was written.')
  else if (!result.done) say('Nothing was written.')
  sayList(
    'Wrong',
    problems.map(({ about, problem, value }) => `${about}: ${t(`admin.skos.problem.${problem}`)} ${value}`.trim()),
  )
  const written = items.filter(({ outcome }) => outcome === 'new' || outcome === 'changed')
  sayList(
    'Written',
    written.map(({ key, outcome, changes }) => `${outcome} ${key}: ${changes.join(', ')}`),
  )
  sayList(
    'Left as they were before a merge',
    items.filter(({ outcome }) => outcome === 'merged').map(({ key }) => key),
  )
  sayList(
    'Not kept by the hub',
    unknown.map(({ name, count }) => `${name} (${count})`),
  )
}
