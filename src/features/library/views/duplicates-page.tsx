import type { MessageKey } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  EmptyState,
  Field,
  Form,
  Layout,
  Notice,
  PartialDate,
  Section,
  Text,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { PairSide, ProposedPairs } from '../merging/pairs.ts'

interface DuplicatesPageProps {
  /** Names two others to be compared. */
  readonly form: FormState
  readonly proposed: ProposedPairs
  /** Whether the list begins with the first pair. */
  readonly isFirst: boolean
  readonly done: MessageKey | null
}

/** Publications that may be one work, for somebody to decide. */
export function DuplicatesPage({ form, proposed, isFirst, done }: DuplicatesPageProps) {
  const { context } = form
  const { t } = context
  const { pairs, count, next } = proposed
  const here = to(context, 'desk/duplicates')
  return (
    <Layout context={context} area="desk" title={t('merge.title')}>
      <Breadcrumbs above={[{ label: t('desk.title'), href: to(context, 'desk') }]} context={context} />
      <h1>{t('merge.title')}</h1>
      {done && <Notice kind="good">{t(done)}</Notice>}
      <p>{t('merge.intro')}</p>
      {count === 0 ? (
        <EmptyState>{t('merge.none')}</EmptyState>
      ) : (
        <>
          <p class="quiet">{t('merge.count', { count })}</p>
          <ul class="rows">
            {pairs.map(({ one, other, reason }) => (
              <li>
                <Side of={one} context={context} />
                <Side of={other} context={context} />
                <small>
                  <span>{t(`merge.reason.${reason}`)}</span>
                  <a
                    href={`${here}/${one.id}/${other.id}`}
                    aria-label={t('merge.compareOf', { title: one.name.value })}
                  >
                    {t('merge.compare')}
                  </a>
                </small>
              </li>
            ))}
          </ul>
          {(!isFirst || next !== null) && (
            <nav class="pages" aria-label={t('list.pages')}>
              {!isFirst && <a href={here}>{t('merge.first')}</a>}
              {next !== null && (
                <a href={`${here}?after=${next.one}.${next.other}`} rel="next">
                  {t('merge.next')}
                </a>
              )}
            </nav>
          )}
        </>
      )}
      <Section title={t('merge.others')}>
        <Form form={form}>
          <Field form={form} name="one" required label={t('merge.one')} help={t('merge.one.help')} />
          <Field form={form} name="other" required label={t('merge.other')} />
          <Buttons>
            <Button>{t('merge.compare')}</Button>
          </Buttons>
        </Form>
      </Section>
    </Layout>
  )
}

function Side({ of: { id, name, status, issued }, context }: { of: PairSide; context: PageContext }) {
  const { t, lang } = context
  return (
    <p>
      <a href={to(context, `desk/records/${id}`)}>
        <Text of={name} lang={lang} />
      </a>{' '}
      {issued !== null && <PartialDate day={issued} lang={lang} />}{' '}
      {status !== 'published' && <span class={`badge ${status}`}>{t(`desk.status.${status}`)}</span>}
    </p>
  )
}
