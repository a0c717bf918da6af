/** As much of a change as says whether it is in force. */
export interface Link {
  readonly id: string
  /** The change that it takes back. */
  readonly undoes: string | null
}

/** The changes that others have taken back, of a history with the newest first. What takes back such a one puts it in force again. */
export function findUndone(history: readonly Link[]): ReadonlySet<string> {
  const undone = new Set<string>()
  for (const { id, undoes } of history) if (undoes !== null && !undone.has(id)) undone.add(undoes)
  return undone
}

/** The change that is undone next: the newest in force that takes none back. Null when there is none. */
export function findUndoable(history: readonly Link[]): string | null {
  const undone = findUndone(history)
  return history.find(({ id, undoes }) => undoes === null && !undone.has(id))?.id ?? null
}

/** Whether lines are as a change left them: all that was done since was taken back again. */
export function isLast(history: readonly Link[], id: string): boolean {
  const place = history.findIndex((link) => link.id === id)
  if (place < 0) return false
  const since = history.slice(0, place)
  const undone = findUndone(since)
  const ids = new Set(since.map((link) => link.id))
  return since.every((link) => undone.has(link.id) || (link.undoes !== null && ids.has(link.undoes)))
}
