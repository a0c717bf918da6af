import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { handlesOf } from '#features/exchange/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { kinds, type KindName } from '#features/records/index.ts'
import {
  applyImport,
  countOutcomes,
  decodeXliff,
  describeFault,
  exportXliff,
  fieldLabel,
  mostBytes,
  outcomeOrder,
  outcomes,
  planImport,
  readXliff,
  terminal,
  type ReportLine,
  type TranslationDeps,
  type XliffRead,
} from '#features/translation/index.ts'
import type { Database } from '#platform/db/index.ts'
import { canonicalLanguageTag, languageName, loadCatalogues } from '#platform/i18n/index.ts'
import { packageRoot } from '#platform/root.ts'
import { orderLanguages } from '../wiring.ts'
import { readConfig } from '../config.ts'
import type { HubTables } from '../schema.ts'
import { createTranslationDeps } from '../translation-desk.ts'
import { withDatabase } from './database.ts'
import { CommandError, say, sayList } from './output.ts'
import { readBounded } from './read-bounded.ts'

const catalogues = () => loadCatalogues(join(packageRoot(), 'locales'))
const now = () => new Date().toISOString()

async function desk({ kysely }: Database<HubTables>): Promise<TranslationDeps> {
  const { languages } = await readHubSettings(handlesOf(kysely).records)
  return createTranslationDeps(kysely, now, orderLanguages(catalogues(), languages))
}

function parseLanguage(tag: string): string {
  const lang = canonicalLanguageTag(tag)
  if (lang === null) throw new InvalidArgumentError('Expected a language tag such as fr or pt-BR.')
  return lang
}

interface ExportOptions {
  readonly lang: string
  readonly from?: string
  readonly kind?: KindName
  readonly series?: string
  readonly all?: boolean
}

/** `export xliff`: texts for an agency. */
export function exportXliffCommand(): Command {
  return new Command('xliff')
    .summary('write texts that need translating as an XLIFF 2.1 file')
    .description(
      'Writes what is missing, behind or machine-made in a language, with its originals, as XLIFF 2.1 for a translation ' +
        'tool or agency. A file that is there already is replaced.',
    )
    .argument('<file>', 'where to write it: .xlf')
    .requiredOption('--lang <tag>', 'language to translate into, such as ar', parseLanguage)
    .option('--from <tag>', 'language of the originals, where there are several', parseLanguage)
    .addOption(new Option('--kind <kind>', 'only records of a kind').choices(kinds.map(({ kind }) => kind)))
    .option('--series <id>', 'only what belongs to a series, by its id (ser_…)')
    .option('--all', 'also what is up to date')
    .action(async (file: string, options: ExportOptions) => {
      const config = readConfig(process.env)
      const { lang: into, all = false, ...rest } = options
      const t = catalogues().translator('en')
      const words = { origin: config.HUB_ORIGIN, labelOf: (field: string) => fieldLabel(field, { t }) }
      const exported = await withDatabase(config, async (database) => {
        const deps = await desk(database)
        if (!deps.languages.includes(into))
          throw new CommandError(`${into} is no language of this hub: ${deps.languages.join(', ')}.`)
        return exportXliff(deps, { into, all, ...rest }, words)
      })
      if (!exported.ok) throw new CommandError(refusal(exported))
      await writeFile(file, exported.document).catch((error: unknown) => {
        throw new CommandError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
      })
      say(`${exported.texts} texts of ${exported.records} records were written to ${resolve(file)}.`)
    })
}

function refusal(refused: Awaited<ReturnType<typeof exportXliff>> & { ok: false }): string {
  if (refused.reason === 'languages')
    return `The originals are in several languages, and a file holds one: give --from ${refused.langs.join(' or --from ')}.`
  if (refused.reason === 'large')
    return 'That would be more than 10 MB, and could not come back: give --kind or --series.'
  return 'Nothing that was asked for needs translating, so nothing was written.'
}

interface ImportOptions {
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Outcomes that somebody should look into: the command then fails. */
const troubles = new Set(['partial', 'codes', 'original', 'unknownRecord', 'unknownField', 'twice'])

/** `import xliff`: translated texts back. */
export function importXliffCommand(): Command {
  return new Command('xliff')
    .summary('bring translated texts back from an XLIFF 2 file')
    .description(
      'Reads a file that `export xliff` or the translation desk wrote and somebody translated. Nothing that was written ' +
        'here after the export is overwritten; a text whose original has changed meanwhile is taken and reads as behind. ' +
        'It can be run again safely. Exits with 1 when a text could not be placed.',
    )
    .argument('<file>', 'the translated file: .xlf, up to 10 MB')
    .option('--dry-run', 'read and report, write nothing')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: ImportOptions) => {
      const config = readConfig(process.env)
      const read = await readFile(file)
      const lines = await withDatabase(config, async (database) => {
        const deps = await desk(database)
        if (!deps.languages.includes(read.targetLang))
          throw new CommandError(`${file} is in ${languageName(read.targetLang, 'en')}, no language of this hub.`)
        const reader = { lang: 'en', chain: ['en', ...deps.languages], audience: [] }
        return options.dryRun ? planImport(deps, reader, read) : applyImport(deps, terminal, reader, read)
      })
      if (options.json) say(JSON.stringify(toJson(read, lines, options.dryRun ?? false), null, 2))
      else report(lines, options.dryRun ?? false)
      if (lines.some(({ outcome }) => troubles.has(outcome))) process.exitCode = 1
    })
}

async function readFile(file: string): Promise<XliffRead> {
  const context = { lang: 'en', t: catalogues().translator('en') }
  const decoded = decodeXliff(await readBounded(file, { what: 'an XLIFF file', most: mostBytes }))
  if (!decoded.ok) throw new CommandError(`${file}: ${describeFault(decoded, context)}`)
  const read = readXliff(decoded.text)
  if (!read.ok) throw new CommandError(`${file}: ${describeFault(read, context)}`)
  return read
}

function toJson({ sourceLang, targetLang }: XliffRead, lines: readonly ReportLine[], dryRun: boolean) {
  const counts = Object.fromEntries(countOutcomes(lines))
  const texts = lines.map(({ recordId, field, line, outcome }) => ({ record: recordId, unit: field, line, outcome }))
  return { sourceLang, targetLang, dryRun, counts, texts }
}

function report(lines: readonly ReportLine[], dryRun: boolean): void {
  const t = catalogues().translator('en')
  const counts = countOutcomes(lines)
  say(dryRun ? 'Dry run: nothing was written.' : 'The file was brought in.')
  for (const outcome of outcomeOrder) {
    const count = counts.get(outcome)
    if (count !== undefined) say(`  ${t(outcomes[outcome].word)}: ${count}. ${t(outcomes[outcome].text)}`)
  }
  const worthSaying = lines.filter(({ outcome }) => troubles.has(outcome) || outcome === 'kept' || outcome === 'behind')
  sayList(
    'Look at',
    worthSaying.map(
      ({ line, recordId, field, outcome }) => `line ${line}, ${recordId}, unit ${field}: ${t(outcomes[outcome].word)}`,
    ),
  )
}
