import type { CatalogueProblem } from '#features/library/index.ts'
import { isolate, languageName, regionName } from '#platform/i18n/index.ts'
import { formatList, type PageContext } from '#ui/index.ts'
import type { ImportLine } from '../catalogue/plan.ts'
import type { WorkWarning } from '../catalogue/warnings.ts'

/** What is wrong in a catalogue, with its place; `withLine` where the row is not said beside it. */
export function describeProblem(of: CatalogueProblem, { t }: PageContext, withLine = true): string {
  const { line, field, value, problem } = of
  const what = t(`import.problem.${problem}`, { value: isolate(value) })
  const said = field === null ? what : t('form.problem.of', { field: isolate(field), problem: what })
  return withLine ? `${t('import.line', { line })} ${said}` : said
}

/** What a person should look at before they believe a row. */
export function describeWarning({ warning, value }: WorkWarning, { t, lang }: PageContext): string {
  const [first = '', second = ''] = value.split(' ')
  switch (warning) {
    case 'confused':
      return t('import.warning.confused', { tag: regionName(first, lang), other: regionName(second, lang) })
    case 'untagged':
      return t('import.warning.untagged', { place: regionName(first, lang) })
    case 'isPerson':
      return t('import.warning.isPerson', { name: isolate(value) })
    case 'otherLanguage':
      return t('import.warning.otherLanguage', { said: languageName(first, lang), found: languageName(second, lang) })
  }
}

const names = {
  title: 'translation.field.title',
  subtitle: 'translation.field.subtitle',
  summary: 'publication.abstract',
  types: 'publication.type',
  issued: 'desk.fact.issued',
  contributors: 'desk.contributors',
  identifiers: 'publication.identifiers',
  files: 'desk.editions.files',
  series: 'translation.kind.series',
  concepts: 'seminar.themes',
  places: 'seminar.places',
  funders: 'funding.title',
} as const

const isName = (name: string): name is keyof typeof names => Object.hasOwn(names, name)

/** What of a publication a row changes. */
export function describeFields(fields: ImportLine['fields'], { t, lang }: PageContext): string {
  const said = fields.map((field) => {
    const [, name = field, of] = /^(\w+)(?: \(([\w-]+)\))?$/.exec(field) ?? []
    const word = isName(name) ? t(names[name]) : name
    return of === undefined ? word : t('import.field.in', { field: word, language: languageName(of, lang) })
  })
  return t('import.changes', { fields: formatList(said, lang) })
}
