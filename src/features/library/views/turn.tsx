interface TurnProps {
  /** What the form is to do instead of being saved. */
  readonly deed: string
  readonly words: string
  /** Tells apart buttons that look alike. */
  readonly label: string
  readonly danger?: boolean
}

/** A small button that redraws its form. */
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
