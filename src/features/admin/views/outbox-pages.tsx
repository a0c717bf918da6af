import { isolate, languageName, type MessageKey } from '#platform/i18n/index.ts'
import type { Message, MessageState } from '#platform/mail/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Button,
  Buttons,
  Code,
  EmptyState,
  FactList,
  Notice,
  type PageContext,
  Pagination,
  to,
  WideTable,
} from '#ui/index.ts'
import { AdminFrame } from './frame.tsx'

interface OutboxPageProps {
  readonly context: PageContext
  readonly items: readonly Message[]
  readonly counts: Readonly<Record<MessageState, number>>
  /** Only those in this state; null: all. */
  readonly state: MessageState | null
  readonly page: number
  readonly pages: number
  readonly done: MessageKey | null
}

/** Messages the hub has written, newest first, with what became of them. */
export function OutboxPage({ context, items, counts, state, page, pages, done }: OutboxPageProps) {
  const { t, lang, hub } = context
  const href = (number: number, of = state) => {
    const query = new URLSearchParams({ ...(of && { state: of }), page: String(number) })
    return `${to(context, 'admin/outbox')}?${query}`
  }
  const states = ['waiting', 'failed', 'expired', 'sent'] as const
  return (
    <AdminFrame context={context} title={t('admin.outbox.title')} done={done}>
      <ul class="tags">
        <li>
          <a href={to(context, 'admin/outbox')} aria-current={state === null ? 'true' : undefined}>
            {t('admin.outbox.all')}
          </a>
        </li>
        {states.map((one) => (
          <li>
            <a href={href(1, one)} aria-current={state === one ? 'true' : undefined}>
              {t(`admin.outbox.count.${one}`, { count: counts[one] })}
            </a>
          </li>
        ))}
      </ul>
      {items.length === 0 ? (
        <EmptyState>{t('admin.outbox.none')}</EmptyState>
      ) : (
        <WideTable
          label={t('admin.outbox.title')}
          head={[t('admin.outbox.written'), t('admin.outbox.to'), t('admin.outbox.subject'), t('admin.outbox.state')]}
        >
          {items.map((message) => (
            <tr>
              <th scope="row">
                <time datetime={message.createdAt}>{formatInstant(message.createdAt, lang, hub.timeZone)}</time>
              </th>
              <td>
                <Code>{message.to.address}</Code>
              </td>
              <td>
                <a href={to(context, `admin/outbox/${message.id}`)} lang={message.lang}>
                  <bdi>{message.subject}</bdi>
                </a>
              </td>
              <td>
                <State of={message} context={context} />
              </td>
            </tr>
          ))}
        </WideTable>
      )}
      <Pagination page={page} pages={pages} href={href} context={context} />
    </AdminFrame>
  )
}

function State({ of, context }: { of: Message; context: PageContext }) {
  return <span class={`badge ${of.state}`}>{context.t(`admin.outbox.state.${of.state}`)}</span>
}

interface MessagePageProps {
  readonly context: PageContext
  readonly message: Message
  readonly done: MessageKey | null
}

/** One message as its reader gets it. A link that signs in is not shown to anybody else. */
export function MessagePage({ context, message, done }: MessagePageProps) {
  const { t, lang, hub } = context
  const above = [{ label: t('admin.outbox.title'), href: to(context, 'admin/outbox') }]
  const when = (at: string | null) => at !== null && formatInstant(at, lang, hub.timeZone)
  const { state, id } = message
  return (
    <AdminFrame context={context} title={isolate(message.subject)} above={above} done={done}>
      <FactList
        facts={[
          { term: t('admin.outbox.state'), value: <State of={message} context={context} /> },
          { term: t('admin.outbox.to'), value: <Code>{message.to.address}</Code> },
          { term: t('languages.language'), value: languageName(message.lang, lang) },
          { term: t('admin.outbox.written'), value: when(message.createdAt) },
          message.sentAt !== null && { term: t('admin.outbox.sent'), value: when(message.sentAt) },
          state === 'waiting' && { term: t('admin.outbox.next'), value: when(message.nextTryAt) },
          message.attempts > 0 && { term: t('admin.attempts'), value: message.attempts },
          message.lastError !== null && { term: t('admin.error'), value: <span lang="en">{message.lastError}</span> },
        ]}
      />
      {message.isSecret ? (
        <Notice>{t('admin.outbox.secret')}</Notice>
      ) : message.body === null ? (
        <Notice>{t('admin.outbox.forgotten')}</Notice>
      ) : (
        <pre class="message" lang={message.lang} dir="auto">
          {message.body}
        </pre>
      )}
      <Buttons>
        {state !== 'sent' && message.body !== null && (
          <form method="post" action={to(context, `admin/outbox/${id}/retry`)}>
            <Button>{t('admin.outbox.retry')}</Button>
          </form>
        )}
        <form method="post" action={to(context, `admin/outbox/${id}/delete`)}>
          <Button kind="danger">{t('admin.delete')}</Button>
        </form>
      </Buttons>
    </AdminFrame>
  )
}
