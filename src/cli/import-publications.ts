import { basename, join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import {
  importPublications,
  type ImportLine,
  type ImportOptions,
  type PublicationsImported,
} from '#features/exchange/index.ts'
import { readHubSettings } from '#features/hub/index.ts'
import { MOST_CATALOGUE_BYTES } from '#features/library/index.ts'
import { loadCatalogues } from '#platform/i18n/index.ts'
import { packageRoot } from '#platform/root.ts'
import { orderLanguages } from '../wiring.ts'
import { readConfig } from '../config.ts'
import { withDatabase } from './database.ts'
import { CommandError, note, say, sayList } from './output.ts'
import { describeProblem, describeWarning, faultWords, outcomeWords, reasonWords } from './publication-words.ts'
import { readBounded } from './read-bounded.ts'

type Lines = readonly number[]
type Options = Omit<Partial<ImportOptions>, 'decided'> & {
  readonly json?: boolean
  readonly same?: Lines
  readonly new?: Lines
}

/** `import publications`: a catalogue of works. */
export function importPublicationsCommand(): Command {
  return new Command('publications')
    .summary('bring publications in from a catalogue')
    .description(
      'Reads publications from a table (.csv, .xlsx; /{language}/library/template.csv is one to fill in), BibTeX (.bib), RIS (.ris) or ' +
        'CSL-JSON (.json). New ones are drafts. A row with the id of a publication changes it: what it says is written anew, what it ' +
        'does not say stays. One that seems to be there already, or that an earlier row is about, is told and left, unless --same or ' +
        '--new names its line. Nothing is written when a row is refused, unless --only-good says so. Run again it goes on where it ' +
        'was broken off.',
    )
    .argument('<file>', 'the catalogue: .csv, .xlsx, .bib, .ris or .json, up to 50 MB')
    .option('--dry-run', 'read and report row by row, write nothing')
    .option('--only-good', 'write the good rows although others are refused')
    .option('--merge', 'let rows change the publication that has their DOI, ISBN or place in a series')
    .option(
      '--same <lines>',
      'rows left as perhaps there already that are those works, and change them: 3,17',
      parseLines,
    )
    .option('--new <lines>', 'rows left as perhaps there already that are other works, and are made: 3,17', parseLines)
    .option('--publish', 'publish what is new at once; else it is a draft')
    .option('--json', 'print the result as JSON')
    .action(importFile)
}

function parseLines(given: string): Lines {
  const lines = given.split(',').map((line) => line.trim())
  if (!lines.every((line) => /^[1-9]\d{0,6}$/.test(line)))
    throw new InvalidArgumentError('Expected lines such as 3,17.')
  return lines.map(Number)
}

/** What was said of lines; nobody can say both of one. */
function decidedIn({ same = [], new: other = [] }: Options): Map<number, 'same' | 'other'> {
  const both = same.find((line) => other.includes(line))
  if (both !== undefined) throw new CommandError(`Line ${both} is named by --same and by --new.`)
  return new Map([...same.map((line) => [line, 'same'] as const), ...other.map((line) => [line, 'other'] as const)])
}

async function importFile(file: string, given: Options): Promise<void> {
  const { dryRun = false, onlyGood = false, merge = false, publish = false, json = false } = given
  const decided = decidedIn(given)
  const config = readConfig(process.env)
  const bytes = await readBounded(file, { what: 'a catalogue', most: MOST_CATALOGUE_BYTES })
  const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
  const result = await withDatabase(config, async ({ kysely }) => {
    const { languages } = await readHubSettings(kysely.$pickTables())
    const [lang] = orderLanguages(catalogues, languages)
    const deps = { db: kysely, now: () => new Date().toISOString(), onProgress: tellProgress() }
    const context = { origin: config.HUB_ORIGIN, lang }
    return importPublications(deps, 'cli', { bytes, name: basename(file) }, context, {
      dryRun,
      onlyGood,
      merge,
      publish,
      decided,
    })
  })
  if (!result.ok) {
    const place = result.line === null ? '' : `, line ${result.line}`
    if (json) say(JSON.stringify(result, null, 2))
    throw new CommandError(`${file}${place}: ${faultWords[result.fault]}`)
  }
  if (json) say(JSON.stringify(result, null, 2))
  else report(result, dryRun)
  const lacking = [...decided.keys()].filter((named) => !result.lines.some(({ line }) => line === named))
  for (const line of lacking) note(`There is no row at line ${line}.`)
  if (lacking.length > 0 || result.lines.some(({ outcome }) => outcome === 'refused')) process.exitCode = 1
}

/** At most a line each second, to the other stream. */
function tellProgress() {
  let last = Date.now()
  return ({
    stage,
    done,
    total,
  }: {
    readonly stage: 'compare' | 'write'
    readonly done: number
    readonly total: number
  }) => {
    if (Date.now() - last < 1000) return
    last = Date.now()
    note(`${stage === 'compare' ? 'Compared' : 'Written'}: ${done} of ${total}`)
  }
}

function report(result: PublicationsImported & { ok: true }, dryRun: boolean): void {
  const { lines, problems, done } = result
  const count = (outcome: ImportLine['outcome']) => lines.filter((line) => line.outcome === outcome).length
  say(
    `${lines.length} rows: ${count('new')} new, ${count('changed')} changed, ${count('same')} as they were, ` +
      `${count('duplicate')} that may be there already, ${count('refused')} refused.`,
  )
  if (dryRun) say('Dry run: nothing was written.')
  else if (!done) say('Nothing was written. --only-good writes the good rows.')
  sayList('In the file', problems.map(describeProblem))
  if (dryRun) sayList('Row by row', lines.map(describeLine))
  else sayList('Left or refused', lines.filter(isLeft).map(describeLine))
  sayList('Look at', lines.flatMap(lookAt))
}

const isLeft = ({ outcome }: ImportLine) => outcome === 'duplicate' || outcome === 'refused'

const place = ({ line, entry }: Pick<ImportLine, 'line' | 'entry'>) =>
  `line ${line}${entry === null ? '' : ` (${entry})`}`

function describeLine(line: ImportLine): string {
  const { outcome, title, id, likeLine, reason, fields } = line
  const like = likeLine === null ? id : `line ${likeLine}`
  const because = reason === null ? '' : ` of ${like ?? ''}, by ${reasonWords[reason]}`
  const what = fields.length === 0 ? '' : `: ${fields.join(', ')}`
  return `${place(line)}: ${outcomeWords[outcome]}${because}${what}: ${JSON.stringify(title.slice(0, 80))}`
}

function lookAt(line: ImportLine): string[] {
  return [
    ...line.problems.map(describeProblem),
    ...line.warnings.map((warning) => `${place(line)}: ${describeWarning(warning)}`),
  ]
}
