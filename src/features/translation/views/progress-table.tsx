import { languageName } from '#platform/i18n/index.ts'
import { to, type PageContext } from '#ui/index.ts'
import type { Progress } from '../domain.ts'
import { deskHref, type AskedFor } from './desk-address.ts'

interface ProgressProps {
  readonly progress: readonly Progress[]
  readonly asked: AskedFor
  readonly mine: readonly string[]
  readonly context: PageContext
}

/** How far each language is, with the way to what there is to do. */
export function ProgressTable({ progress, asked, mine, context }: ProgressProps) {
  const { t, lang } = context
  const count = (of: Progress, need: 'behind' | 'machine' | 'missing') =>
    of[need] === 0 ? (
      '0'
    ) : (
      <a href={deskHref(context, { kind: asked.kind, series: asked.series }, { lang: of.lang, need })}>
        {t('translation.number', { count: of[need] })}
      </a>
    )
  return (
    <section>
      <h2>{t('translation.progress')}</h2>
      <div class="scroll">
        <table class="wide">
          <thead>
            <tr>
              <th scope="col">{t('languages.language')}</th>
              <th scope="col">{t('translation.done')}</th>
              <th scope="col">{t('translation.state.behind')}</th>
              <th scope="col">{t('translation.state.machine')}</th>
              <th scope="col">{t('translation.state.missing')}</th>
              <th scope="col">{t('translation.work')}</th>
            </tr>
          </thead>
          <tbody>
            {progress.map((one) => (
              <tr>
                <th scope="row">{languageName(one.lang, lang)}</th>
                <td>
                  <ProgressBar of={one} context={context} />
                </td>
                <td>{count(one, 'behind')}</td>
                <td>{count(one, 'machine')}</td>
                <td>{count(one, 'missing')}</td>
                <td>
                  {mine.includes(one.lang) && one.current < one.total && (
                    <a
                      href={to(context, `desk/translation/next?lang=${one.lang}`)}
                      aria-label={t('translation.startIn', { language: languageName(one.lang, lang) })}
                    >
                      {t('translation.start')}
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function ProgressBar({ of: { lang: of, current, total }, context }: { of: Progress; context: PageContext }) {
  const { t, lang } = context
  const share = total === 0 ? 0 : current / total
  const label = t('translation.doneIn', { language: languageName(of, lang) })
  return (
    <>
      <progress value={current} max={Math.max(1, total)} aria-label={label}></progress>{' '}
      <small>{t('translation.share', { share: Math.floor(share * 100) / 100, current, total })}</small>
    </>
  )
}
