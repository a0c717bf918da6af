import { formatInstant } from '#platform/time.ts'
import { Button, Buttons, type PageContext } from '#ui/index.ts'
import type { Visit } from '../store-visits.ts'
import { AccountPart } from './account-parts.tsx'
import { describeAgent } from './agents.ts'

interface VisitsPageProps {
  readonly context: PageContext
  readonly visits: readonly Visit[]
  /** The one this page is read in. */
  readonly current: string
}

export function VisitsPage({ context, visits, current }: VisitsPageProps) {
  const { t, lang, hub } = context
  return (
    <AccountPart context={context} title={t('account.visits')}>
      <p>{t('account.visits.text')}</p>
      <ul class="cards">
        {visits.map((visit) => {
          const agent = describeAgent(visit.userAgent)
          const what = agent === null ? t('account.visit.unknown') : t('account.visit.agent', agent)
          return (
            <li>
              <p>
                <strong>{what}</strong>{' '}
                {visit.id === current && <span class="badge current">{t('account.visit.this')}</span>}
              </p>
              <p>
                {t('account.visit.times', {
                  since: formatInstant(visit.createdAt, lang, hub.timeZone),
                  seen: formatInstant(visit.seenAt, lang, hub.timeZone),
                })}
              </p>
              {visit.id !== current && (
                <form method="post">
                  <Button kind="plain" name="visit" value={visit.id} label={t('account.visit.end.of', { what })}>
                    {t('account.visit.end')}
                  </Button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
      <form method="post">
        <Buttons>
          <Button kind="danger" name="visit" value="others">
            {t('account.visits.end')}
          </Button>
        </Buttons>
      </form>
    </AccountPart>
  )
}
