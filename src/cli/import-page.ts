import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { decodePage, MAX_PAGE_BYTES, readPage, savePage, type PageRead, type Saved } from '#features/exchange/index.ts'
import { hashText } from '#platform/text/index.ts'
import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { readConfig } from '../config.ts'
import { withDatabase } from './database.ts'
import { importedAsJson, reportImport } from './import-report.ts'
import { CommandError, say } from './output.ts'
import { readBounded } from './read-bounded.ts'

interface Options {
  readonly lang?: string
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly startsOn?: string
  readonly endsOn?: string
}

/** `import page`: a saved page of a former site becomes a draft seminar. */
export function importPageCommand(): Command {
  return new Command('page')
    .summary('make a draft seminar of a saved page of a former site')
    .description(
      'Reads a saved seminar page (text or HTML), finds its sections, dates, sessions and links, and makes a draft ' +
        'seminar of it. One that tells its place in a series is put there when exactly one series of the hub fits. ' +
        'Prints what it placed, what it was unsure of and what it left. Run again on the same page it ' +
        'brings the draft up to date and leaves alone what somebody edited since.',
    )
    .argument('<file>', 'the saved page: .txt, .html or .htm')
    .option('--lang <tag>', 'language the page claims to be in, such as fr', parseLanguage)
    .option('--dry-run', 'read and report, write nothing')
    .option('--json', 'print the result as JSON')
    .option('--starts-on <day>', 'first day, for a page that names none: YYYY-MM-DD', parseDay)
    .option('--ends-on <day>', 'last day, together with --starts-on: YYYY-MM-DD', parseDay)
    .action(importPage)
}

function parseLanguage(tag: string): string {
  const lang = canonicalLanguageTag(tag)
  if (lang === null) throw new InvalidArgumentError('Expected a language tag such as fr or pt-BR.')
  return lang
}

function parseDay(day: string): string {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(day)) return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString()
  } catch {
    // Said below, as for what does not look like a day at all.
  }
  throw new InvalidArgumentError('Expected a day of the calendar as YYYY-MM-DD.')
}

async function importPage(file: string, options: Options, command: Command): Promise<void> {
  const { lang, startsOn = null, endsOn = null } = options
  if (endsOn !== null && startsOn === null) command.error('error: --ends-on needs --starts-on as well.')
  if (endsOn !== null && startsOn !== null && endsOn < startsOn)
    command.error(`error: --ends-on ${endsOn} is before --starts-on ${startsOn}.`)
  const config = readConfig(process.env)
  const { page, text } = await readFileAsPage(file, lang)
  const input = { page, source: resolve(file), textHash: hashText(text), original: text, startsOn, endsOn }
  const saved = options.dryRun
    ? null
    : await withDatabase(config, ({ kysely }) => savePage(kysely, input, new Date().toISOString()))
  const found = requireDay(saved, file)
  if (options.json) say(JSON.stringify(importedAsJson(page, found), null, 2))
  else reportImport(page, found)
}

function requireDay(saved: Saved | null, file: string): (Saved & { ok: true }) | null {
  if (saved === null || saved.ok) return saved
  throw new CommandError(
    `${file}: no day of this seminar was found, so nothing was written. ` +
      'Give one with --starts-on YYYY-MM-DD, and --ends-on YYYY-MM-DD when it lasts longer.',
  )
}

async function readFileAsPage(file: string, lang: string | undefined): Promise<{ page: PageRead; text: string }> {
  const decoded = decodePage(await readBounded(file, { what: 'a saved page', most: MAX_PAGE_BYTES }))
  if (!decoded.ok) throw new CommandError(`${file}${placeOf(decoded.problem)}: ${decoded.problem.message}`)
  const { text, notes } = decoded
  const page = readPage({
    text,
    notes,
    ...(/\.x?html?$/i.test(file) ? { format: 'html' as const } : {}),
    ...(lang === undefined ? {} : { claimedLang: lang }),
  })
  if (!page.ok) throw new CommandError(`${file}${placeOf({ line: page.line, column: null })}: ${page.why}`)
  return { page, text }
}

function placeOf({ line, column }: { line: number | null; column: number | null }): string {
  if (line === null) return ''
  return column === null ? `, line ${line}` : `, line ${line}, column ${column}`
}
