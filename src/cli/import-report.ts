import type { PageRead, Saved } from '#features/exchange/index.ts'
import { say, sayList } from './output.ts'

type Written = (Saved & { ok: true }) | null

/** What `import page --json` prints. `saved` is null after a dry run; then the seminar has no id. */
export function importedAsJson(page: PageRead, saved: Written) {
  return {
    seminar: {
      id: saved?.id ?? null,
      outcome: saved?.outcome ?? 'dry-run',
      series: saved?.series ?? null,
      kept: saved?.kept ?? [],
      ...page.seminar,
    },
    sessions: page.sessions.map(({ number, title, abstract, startsOn }) => ({ number, title, abstract, startsOn })),
    links: page.links.map(({ label, url, lang, kind }) => ({ label, url, lang, kind })),
    unsure: unsureOf(page, saved).map(({ what, why, line }) => ({ what, why, line })),
    left: page.left.map(({ text, line }) => ({ text, line })),
  }
}

const unsureOf = (page: PageRead, saved: Written) => [...page.unsure, ...(saved?.assumed ?? [])]

const headlines: Readonly<Record<(Saved & { ok: true })['outcome'], string>> = {
  made: 'Made a draft seminar',
  updated: 'Brought the draft seminar up to date',
  unchanged: 'Nothing has changed in the draft seminar',
}

/** Tells a person what became of a page: what was placed, what is unsure, what was left. */
export function reportImport(page: PageRead, saved: Written): void {
  say(saved ? `${headlines[saved.outcome]}: ${saved.id}` : 'Dry run: nothing was written.')
  const facts = Object.entries(page.seminar).filter(([, value]) => value !== null && String(value) !== '')
  const series = saved?.series
  sayList('Placed', [
    ...facts.map(([field, value]) => `${field}: ${shorten(String(value))}`),
    ...(series ? [`series: number ${series.number} of “${series.name}” (${series.id})`] : []),
  ])
  sayList('Sessions', page.sessions.map(describeSession))
  sayList('Links', page.links.map(describeLink))
  sayList(
    'Unsure',
    unsureOf(page, saved).map(({ what, why, line }) => `${place(line)}${what}: ${why}`),
  )
  sayList(
    'Left',
    page.left.map(({ text, line }) => `${place(line)}${shorten(text)}`),
  )
  sayList('Kept as somebody edited it', saved?.kept ?? [])
  if (page.furniture > 0) say(`\nFurniture of the site (menus, skip links) left out: ${page.furniture}.`)
}

function describeSession({ number, title, abstract, startsOn }: PageRead['sessions'][number]): string {
  const day = startsOn === null ? '' : ` (${startsOn})`
  return `${number}. ${title === '' ? '(no title)' : title}${day}${abstract === null ? ', no abstract' : ''}`
}

function describeLink({ kind, lang, label, url }: PageRead['links'][number]): string {
  return `${kind}${lang === null ? '' : ` [${lang}]`}: ${label} ${url ?? '(no address)'}`
}

const place = (line: number | null): string => (line === null ? '' : `line ${line}, `)

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
