import { writeClock } from '#platform/time.ts'
import type { PageContext } from '#ui/index.ts'

interface SpanFormProps {
  /** Names it within the page. */
  readonly id?: string
  /** Path of the page of moments. */
  readonly action: string
  /** As they were typed, or milliseconds. */
  readonly from: string | number | null
  readonly to: string | number | null
  /** What goes along. */
  readonly kept: Readonly<Record<string, string | null | undefined>>
  readonly context: PageContext
}

const shown = (time: string | number | null) => (typeof time === 'number' ? writeClock(time) : (time ?? ''))

/** From which time to which a recording is cited, as people type times: `12:34`. */
export function SpanForm({ id = 'span', action, from, to, kept, context: { t } }: SpanFormProps) {
  const fields = [
    { name: 't', label: t('moment.from'), value: shown(from) },
    { name: 'to', label: t('moment.to'), value: shown(to) },
  ]
  return (
    <form action={action} class="find">
      {Object.entries(kept).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
      {fields.map(({ name, label, value }) => (
        <>
          <label for={`${id}-${name}`}>{label}</label>{' '}
          <input
            type="text"
            id={`${id}-${name}`}
            name={name}
            value={value}
            size={8}
            placeholder="12:34"
            dir="ltr"
          />{' '}
        </>
      ))}
      <button type="submit" class="button">
        {t('moment.show')}
      </button>
    </form>
  )
}
