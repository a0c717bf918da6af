/** A small button that changes the form and saves nothing. */
export function Turn({ deed, words, label, danger }: { deed: string; words: string; label: string; danger?: boolean }) {
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
