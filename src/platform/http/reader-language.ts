import { negotiateLanguage } from '#platform/i18n/index.ts'

export type Languages = readonly [string, ...string[]]

/** The language to answer in: that of the path when the hub speaks it, else what Accept-Language and the hub have in common. */
export function readerLanguage(path: string, acceptLanguage: string | undefined, languages: Languages): string {
  const end = path.indexOf('/', 1)
  const prefix = path.slice(1, end < 0 ? path.length : end)
  return languages.find((lang) => lang === prefix) ?? negotiateLanguage(acceptLanguage, languages)
}

/** A path parameter that only matches the hub's languages: `app.route(`/${languageParameter(languages)}`, …)`. */
export function languageParameter(languages: Languages): string {
  return `:lang{(?:${languages.join('|')})}`
}
