import { direction } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Notice, type PageContext } from '#ui/index.ts'
import type { Change } from '../changes.ts'
import type { PairText } from '../domain.ts'

/** `lang` and `dir` of a language's own words. */
export const marksOf = (lang: string) => ({ lang, dir: direction(lang) })

/** The name of whoever wrote a text; null when no account did (what came with the hub, an import). */
export function creditOf(
  { updatedBy }: PairText,
  names: ReadonlyMap<string, string>,
  { t }: PageContext,
): string | null {
  if (!updatedBy.startsWith('usr_')) return null
  return names.get(updatedBy) ?? t('translation.formerMember')
}

/** A text with what went and what came; said in words to those who do not see the marks. */
export function Changes({ of, lang, context }: { of: readonly Change[]; lang: string; context: PageContext }) {
  const { t } = context
  const said = (words: string) => (
    <span class="unseen" lang={context.lang}>
      [{words}]{' '}
    </span>
  )
  return (
    <div class="verbatim" {...marksOf(lang)}>
      {of.map(({ kind, text }) => {
        if (kind === 'same') return text
        if (kind === 'added') {
          return (
            <ins>
              {said(t('translation.added'))}
              {text}
            </ins>
          )
        }
        return (
          <del>
            {said(t('translation.removed'))}
            {text}
          </del>
        )
      })}
    </div>
  )
}

interface TextNote {
  readonly text: PairText
  readonly names: ReadonlyMap<string, string>
  readonly context: PageContext
}

/** When a text was written, and by whom. */
export function Made({ text, names, context }: TextNote) {
  const name = creditOf(text, names, context)
  const at = formatInstant(text.updatedAt, context.lang, context.hub.timeZone)
  const { t } = context
  if (text.state === 'machine') return <p class="quiet">{t('translation.madeByMachine', { at })}</p>
  return <p class="quiet">{name === null ? t('translation.madeAt', { at }) : t('translation.madeBy', { name, at })}</p>
}

/** What stands there now, beside what was typed: somebody else wrote it meanwhile. */
export function Theirs({ text, into, names, context }: TextNote & { into: string }) {
  return (
    <Notice kind="warning" title={context.t('translation.theirs')}>
      <div class="verbatim" {...marksOf(into)}>
        {text.value}
      </div>
      <Made text={text} names={names} context={context} />
    </Notice>
  )
}
