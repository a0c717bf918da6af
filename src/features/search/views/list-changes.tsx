import { actorName } from '#features/accounts/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Section, type PageContext } from '#ui/index.ts'
import type { ListChange } from '../store-lists.ts'

interface ListChangesProps {
  readonly changes: readonly ListChange[]
  readonly actors: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** Who changed a list, when, and which lines came and went; newest first. */
export function ListChanges({ changes, actors, context }: ListChangesProps) {
  const { t, lang, hub } = context
  if (changes.length === 0) return null
  return (
    <Section title={t('search.desk.history')}>
      <ol class="history" reversed>
        {changes.map(({ at, actor, added, removed }) => (
          <li>
            <p class="when">
              <time datetime={at}>{formatInstant(at, lang, hub.timeZone)}</time>{' '}
              <bdi>{actorName(actor, actors, t)}</bdi>
            </p>
            {added.length === 0 && removed.length === 0 && <p>{t('search.desk.moved')}</p>}
            <Lines label={t('search.desk.added')} lines={added} />
            <Lines label={t('search.desk.removed')} lines={removed} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Lines({ label, lines }: { label: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <p class="label">{label}</p>
      <ul>
        {lines.map((line) => (
          <li>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </>
  )
}
