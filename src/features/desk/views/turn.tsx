import type { PageContext } from '#ui/index.ts'

interface TurnProps {
  /** What the form is to do instead of being saved. */
  readonly deed: string
  readonly words: string
  /** Tells apart buttons that look alike. */
  readonly label: string
  readonly danger?: boolean
}

/** A small button that changes the form and saves nothing. */
export function Turn({ deed, words, label, danger }: TurnProps) {
  return (
    <button
      type="submit"
      class={danger ? 'button danger small' : 'button plain small'}
      name="do"
      value={deed}
      aria-label={label}
    >
      {words}
    </button>
  )
}

interface MovesProps {
  readonly context: PageContext
  /** What is moved or removed. */
  readonly heading: string
  readonly index: number
  readonly count: number
  readonly deed: (verb: 'up' | 'down' | 'remove') => string
}

/** Moves an entry of a list up or down, or takes it away. */
export function Moves({ context, heading, index, count, deed }: MovesProps) {
  const { t } = context
  const name = { name: heading }
  return (
    <>
      {index > 0 && <Turn deed={deed('up')} words={t('desk.moveUp')} label={t('desk.moveUp.label', name)} />}
      {index < count - 1 && (
        <Turn deed={deed('down')} words={t('desk.moveDown')} label={t('desk.moveDown.label', name)} />
      )}
      <Turn deed={deed('remove')} words={t('desk.agenda.remove')} label={t('desk.remove.label', name)} danger />
    </>
  )
}
