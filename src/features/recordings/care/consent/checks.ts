import type { CheckLine } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { isolate } from '#platform/i18n/index.ts'
import { countOpen, holdsBackMedia, holdsBackWords, type Answers } from '../domain.ts'
import { readOwnNames } from './names.ts'
import { loadConsents } from './standing.ts'

/**
 * What is told before a recording is published: who has refused, with what follows, and how many have not answered. Neither stands in the way:
 * what is refused is held back in any case, and silence is no refusal.
 */
export async function checkConsents(db: RecordDb, recordingId: string): Promise<CheckLine[]> {
  const { sessions } = await loadConsents(db, recordingId)
  const speakers = sessions.flatMap((session) => session.speakers)
  const byPerson = Map.groupBy(speakers, ({ personId }) => personId)
  const refusing = [...byPerson].flatMap(([personId, answered]) => {
    const message = whatFollows(answered.map(({ noted }) => noted))
    return message === null ? [] : [{ personId, message }]
  })
  const names = await readOwnNames(
    db,
    refusing.map(({ personId }) => personId),
  )
  const lines = refusing.map(({ personId, message }): CheckLine => {
    const name = isolate(names.get(personId) ?? personId)
    return { level: 'should', message, values: { name }, at: 'consent' }
  })
  const isOpen = ({ isOnAgenda, noted }: (typeof speakers)[number]) => isOnAgenda && countOpen(noted) > 0
  const count = [...byPerson.values()].filter((answered) => answered.some(isOpen)).length
  const open: CheckLine = { level: 'should', message: 'desk.check.consentOpen', values: { count }, at: 'consent' }
  return count === 0 ? lines : [...lines, open]
}

/** What somebody's answers hold back, in all the sessions of a recording; null: nothing. */
function whatFollows(answers: readonly Answers[]) {
  const [media, words] = [answers.some(holdsBackMedia), answers.some(holdsBackWords)]
  if (media) return words ? ('desk.check.consentBoth' as const) : ('desk.check.consentMedia' as const)
  return words ? ('desk.check.consentWords' as const) : null
}
