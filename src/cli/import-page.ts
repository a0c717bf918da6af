import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { decodePage, MAX_PAGE_BYTES, readPage, savePage, type PageRead, type Saved } from '#features/exchange/index.ts'
import { hashText } from '#features/records/index.ts'
import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { readConfig } from '../config.ts'
import { withDatabase } from './database.ts'
import { CommandError, say, sayList } from './output.ts'

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
      'Reads a saved seminar page (text or HTML), finds its sections, dates, sessions and links, and makes a draft\n' +
        'seminar of it. Prints what it placed, what it was unsure of and what it left. Run again on the same page it\n' +
        'brings the draft up to date and leaves alone what somebody edited since.',
    )
    .argument('<file>', 'the saved page: .txt, .html or .htm')
    .option('--lang <tag>', 'language the page claims to be in, such as fr')
    .option('--dry-run', 'read and report, write nothing')
    .option('--json', 'print the result as JSON')
    .option('--starts-on <day>', 'first day, for a page that names none: YYYY-MM-DD')
    .option('--ends-on <day>', 'last day: YYYY-MM-DD')
    .action(importPage)
}

async function importPage(file: string, options: Options): Promise<void> {
  const lang = options.lang === undefined ? undefined : canonicalLanguageTag(options.lang)
  if (lang === null) throw new CommandError(`--lang ${options.lang}: not a language tag such as fr or pt-BR.`)
  const days = { startsOn: readDay('--starts-on', options.startsOn), endsOn: readDay('--ends-on', options.endsOn) }
  const { page, text, notes } = await readFileAsPage(file, lang)
  const saved = options.dryRun ? null : await save({ page, text, file, ...days })
  if (options.json) say(JSON.stringify(toJson(page, saved, notes), null, 2))
  else report(page, saved, notes)
}

function readDay(option: string, day: string | undefined): string | null {
  if (day === undefined) return null
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString()
  } catch {
    throw new CommandError(`${option} ${day}: not a day, expected YYYY-MM-DD.`)
  }
}

async function readFileAsPage(file: string, lang: string | undefined) {
  const decoded = decodePage(await readBounded(file))
  if (!decoded.ok) throw new CommandError(`${file}: ${decoded.problem.why}`)
  const format = /\.x?html?$/i.test(file) || /^\s*<(!doctype html|html)\b/i.test(decoded.text) ? 'html' : 'text'
  const page = readPage({ text: decoded.text, format, ...(lang === undefined ? {} : { claimedLang: lang }) })
  if (!page.ok) throw new CommandError(`${file}${page.line === null ? '' : `, line ${page.line}`}: ${page.why}`)
  return { page, text: decoded.text, notes: decoded.notes }
}

/** At most one byte more than is allowed: enough to tell that a file is too large, without reading it. */
async function readBounded(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new CommandError(`${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`)
  })
  try {
    const stat = await handle.stat()
    if (stat.isDirectory()) throw new CommandError(`${file} is a folder; a saved page is one file.`)
    const bytes = new Uint8Array(Math.min(stat.size, MAX_PAGE_BYTES + 1))
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

interface Reading {
  readonly page: PageRead
  readonly text: string
  readonly file: string
  readonly startsOn: string | null
  readonly endsOn: string | null
}

async function save({ page, text, file, startsOn, endsOn }: Reading): Promise<Saved & { ok: true }> {
  const input = { page, source: resolve(file), textHash: hashText(text), original: text, startsOn, endsOn }
  const saved = await withDatabase(readConfig(process.env), ({ kysely }) =>
    savePage(kysely, input, new Date().toISOString()),
  )
  if (saved.ok) return saved
  throw new CommandError(`${file}: the page names no day. Give one with --starts-on YYYY-MM-DD [--ends-on YYYY-MM-DD].`)
}

function toJson(page: PageRead, saved: (Saved & { ok: true }) | null, notes: readonly string[]) {
  const { sessions, links, left, furniture } = page
  return {
    seminar: { id: saved?.id ?? null, ...page.seminar },
    sessions,
    links,
    unsure: [...page.unsure, ...(saved?.assumed ?? [])],
    left,
    furniture,
    notes,
    outcome: saved?.outcome ?? 'dry-run',
    kept: saved?.kept ?? [],
  }
}

function report(page: PageRead, saved: (Saved & { ok: true }) | null, notes: readonly string[]): void {
  const { seminar } = page
  say(saved ? `${saved.outcome}: draft seminar ${saved.id}` : 'Dry run: nothing was written.')
  const facts = Object.entries(seminar).filter(([, value]) => value !== null && String(value) !== '')
  sayList(
    'Placed',
    facts.map(([field, value]) => `${field}: ${shorten(String(value))}`),
  )
  sayList(
    'Sessions',
    page.sessions.map(
      ({ number, title, startsOn, abstract }) =>
        `${number}. ${title}${startsOn === null ? '' : ` (${startsOn})`}${abstract === null ? ', no abstract' : ''}`,
    ),
  )
  sayList(
    'Links',
    page.links.map(
      ({ kind, lang, label, url }) => `${kind}${lang === null ? '' : ` [${lang}]`}: ${label} ${url ?? '(no address)'}`,
    ),
  )
  const unsure = [...page.unsure, ...(saved?.assumed ?? [])]
  sayList('Unsure', [...notes, ...unsure.map(({ what, why, line }) => `${place(line)}${what}: ${why}`)])
  sayList(
    'Left out',
    page.left.map(({ text, line }) => `${place(line)}${shorten(text)}`),
  )
  sayList('Kept as somebody edited it', saved?.kept ?? [])
  if (page.furniture > 0) say(`\nThe site's own furniture (menus, skip links) was left out: ${page.furniture} pieces.`)
}

const place = (line: number | null): string => (line === null ? '' : `line ${line}, `)

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
