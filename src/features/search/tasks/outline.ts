import { pickText, type Reader } from '#features/records/index.ts'
import type { Words } from '#ui/index.ts'
import type { SearchDb } from '../store-index.ts'
import { queryIn, type Task } from './domain.ts'
import { listTasks } from './store.ts'

/** A task as the first page links to it. */
export interface TaskLink {
  readonly label: Words
  readonly href: string
}

/** The tasks of the first page, each in the reader's language or the next along their chain. In one query. */
export async function readTaskLinks(db: SearchDb, reader: Pick<Reader, 'lang' | 'chain'>): Promise<TaskLink[]> {
  return (await listTasks(db)).flatMap((task) => linkTo(task, reader))
}

/** The way to a task's search for a reader, under its name; nothing for one without a name. */
export function linkTo({ query, texts }: Task, { lang, chain }: Pick<Reader, 'lang' | 'chain'>): TaskLink[] {
  const label = pickText(
    texts.map((text) => ({ lang: text.lang, value: text.label, state: 'current' })),
    chain,
  )
  const words = texts.find((text) => text.lang === label?.lang)?.words ?? ''
  return label === null ? [] : [{ label, href: `/${lang}/search?${queryIn(query, words)}` }]
}
