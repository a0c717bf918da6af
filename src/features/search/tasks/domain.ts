/** A task in one language: what it is called, and what is searched for instead of the words of all languages. */
export interface TaskText {
  readonly lang: string
  readonly label: string
  readonly words: string
}

/** An entry of the first page: a search that somebody saved for those who come with a task. */
export interface Task {
  readonly id: string
  /** What stands behind the address of the search. */
  readonly query: string
  readonly texts: readonly TaskText[]
}

export const most = { tasks: 10, label: 120, words: 300, address: 2000 } as const

/** One line of text, without what cannot be seen. */
export const tidyLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()

/** What somebody wrote as the search of a task: words, or the address of a search page with all that narrows it. */
export function readDestination(text: string): URLSearchParams {
  const [, asked] = /\/search\?([^#]*)/.exec(text) ?? []
  return asked === undefined ? new URLSearchParams({ q: tidyLine(text) }) : new URLSearchParams(asked)
}

/** What stands behind the address of a task's search in a language: its own words there, where it has some. */
export function queryIn(query: string, words: string): string {
  const given = new URLSearchParams(query)
  if (words !== '') given.set('q', words)
  return given.toString()
}

/** A task as a line of the history. */
export function writeTask({ query, texts }: Task): string {
  const named = texts.map(({ lang, label, words }) => `${lang}: ${label}${words === '' ? '' : ` (${words})`}`)
  return [...named, query].join(' · ')
}

/** The tasks after a step of one of them; null when it cannot be taken. */
export function moveTask(tasks: readonly Task[], id: string, step: 'up' | 'down'): readonly Task[] | null {
  const at = tasks.findIndex((task) => task.id === id)
  const to = step === 'up' ? at - 1 : at + 1
  const moved = tasks[at]
  if (moved === undefined || to < 0 || to >= tasks.length) return null
  return tasks.toSpliced(at, 1).toSpliced(to, 0, moved)
}

/** The tasks with one changed in its place, or behind the others when it is new. */
export function putTask(tasks: readonly Task[], task: Task): readonly Task[] {
  const at = tasks.findIndex(({ id }) => id === task.id)
  return at === -1 ? [...tasks, task] : tasks.with(at, task)
}
