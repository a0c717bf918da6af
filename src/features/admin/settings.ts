/** One step in the order of languages. */
export interface LanguageMove {
  readonly step: 'up' | 'down' | 'remove' | 'add'
  readonly lang: string
}

/** The languages after a step; null when the step cannot be taken. The last one stays. */
export function moveLanguage(
  languages: readonly string[],
  { step, lang }: LanguageMove,
  known: readonly string[],
): readonly string[] | null {
  const at = languages.indexOf(lang)
  if (step === 'add') return at < 0 && known.includes(lang) ? [...languages, lang] : null
  if (at < 0) return null
  const others = languages.filter((one) => one !== lang)
  if (step === 'remove') return others.length > 0 ? others : null
  const to = step === 'up' ? at - 1 : at + 1
  return to < 0 || to >= languages.length ? null : others.toSpliced(to, 0, lang)
}
