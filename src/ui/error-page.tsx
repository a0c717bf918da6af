import { isolate, type MessageKey } from '#platform/i18n/index.ts'
import { to, type PageContext } from './context.ts'
import { Layout } from './layout.tsx'

/** What went wrong, as far as a reader can do something about it. */
type ErrorKind =
  'not-found' | 'bad-request' | 'forbidden' | 'method' | 'too-long' | 'too-large' | 'too-many' | 'unavailable' | 'fault'

interface ErrorWords {
  readonly title: MessageKey
  readonly advice: MessageKey
}

const words: Readonly<Record<ErrorKind, ErrorWords>> = {
  'not-found': { title: 'error.notFound', advice: 'error.notFound.advice' },
  'bad-request': { title: 'error.badRequest', advice: 'error.badRequest.advice' },
  forbidden: { title: 'error.forbidden', advice: 'error.forbidden.advice' },
  method: { title: 'error.method', advice: 'error.method.advice' },
  'too-long': { title: 'error.tooLong', advice: 'error.tooLong.advice' },
  'too-large': { title: 'error.tooLarge', advice: 'error.tooLarge.advice' },
  'too-many': { title: 'error.tooMany', advice: 'error.tooMany.advice' },
  unavailable: { title: 'error.unavailable', advice: 'error.unavailable.advice' },
  fault: { title: 'error.fault', advice: 'error.fault.advice' },
}

/** The kind of a status: every 4xx and 5xx has one. */
function errorKind(status: number): ErrorKind {
  const known: Readonly<Record<number, ErrorKind>> = {
    403: 'forbidden',
    404: 'not-found',
    405: 'method',
    410: 'not-found',
    413: 'too-large',
    414: 'too-long',
    429: 'too-many',
    431: 'too-long',
    501: 'method',
    503: 'unavailable',
  }
  return known[status] ?? (status < 500 ? 'bad-request' : 'fault')
}

interface ErrorPageProps {
  readonly context: PageContext
  readonly status: number
  /** By which the operator finds the request in the log. */
  readonly requestId: string
}

/** The page of an error: what happened, what one can do, and the number to quote. */
export function ErrorPage({ context, status, requestId }: ErrorPageProps) {
  const { t } = context
  const { title, advice } = words[errorKind(status)]
  return (
    <Layout context={context} title={t(title)} unlisted>
      <p class="kicker">{t('error.status', { status: String(status) })}</p>
      <h1>{t(title)}</h1>
      <p class="lede">{t(advice)}</p>
      <ul>
        <li>
          <a href={to(context, '')}>{t('error.home')}</a>
        </li>
        <li>
          <a href={to(context, 'seminars')}>{t('error.seminars')}</a>
        </li>
      </ul>
      <p class="quiet">{t('error.reference', { id: isolate(requestId) })}</p>
    </Layout>
  )
}
