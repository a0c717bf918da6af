import { languageName } from '#platform/i18n/index.ts'
import { Button, Hidden, TextArea, type FormState, type PageContext } from '#ui/index.ts'
import type { Refused } from '../saving.ts'
import { markOf, type Pair } from '../domain.ts'
import type { Offer } from '../suggestions.ts'
import { fieldLabel, StateMark } from './labels.tsx'
import { OfferedWords } from './offered-words.tsx'
import { Changes, Made, marksOf, Theirs } from './text-parts.tsx'

interface PairProps {
  readonly pair: Pair
  readonly into: string
  readonly form: FormState
  readonly refused: Refused | undefined
  readonly names: ReadonlyMap<string, string>
  readonly offer: Offer | undefined
}

/** A field: its source, what the hub's own words offer, and its text. */
export function PairFields({ pair, into, form, refused, names, offer }: PairProps) {
  const { context } = form
  const { t, lang } = context
  const { field, source, text } = pair
  const label = fieldLabel(field, context)
  const canBeRight = text !== null && text.state !== 'current'
  return (
    <section class="pair" aria-labelledby={`h-${field}`}>
      <h2 id={`h-${field}`}>
        {label} <StateMark state={text?.state ?? 'missing'} context={context} />
      </h2>
      <div class="two">
        <div class="source-side">
          <p class="label">{languageName(source.lang, lang)}</p>
          <Source pair={pair} context={context} />
          {offer && <OfferedWords of={offer} from={source.lang} into={into} field={field} context={context} />}
        </div>
        <div>
          {refused && text && <Theirs text={text} into={into} names={names} context={context} />}
          {refused?.changes && <Changes of={refused.changes} lang={source.lang} context={context} />}
          <TextArea
            form={form}
            name={`texts.${field}`}
            label={languageName(into, lang)}
            required
            lang={into}
            rows={rowsFor(source.value)}
            markdown={pair.markdown}
          />
          <Hidden name={`base.${field}`} value={markOf(text?.value)} />
          <Hidden name={`source.${field}`} value={source.hash} />
          {text && <Made text={text} names={names} context={context} />}
          {canBeRight && (
            <Button kind="plain" name="right" value={field} label={`${t('translation.stillRight')}: ${label}`}>
              {t('translation.stillRight')}
            </Button>
          )}
        </div>
      </div>
    </section>
  )
}

/** As high as its source: a line for about sixty letters. */
function rowsFor(value: string): number {
  const lines = value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 60)), 0)
  return Math.min(30, Math.max(2, lines + 1))
}

/** The source as it is; where it changed since the translation, with the changes marked, and clean below. */
function Source({ pair, context }: { pair: Pair; context: PageContext }) {
  const { t } = context
  const { source, changes, text } = pair
  const clean = (
    <div class="verbatim" {...marksOf(source.lang)}>
      {source.value}
    </div>
  )
  if (changes) {
    return (
      <>
        <p class="quiet">{t('translation.changes')}</p>
        <Changes of={changes} lang={source.lang} context={context} />
        <details>
          <summary>{t('translation.sourceNow')}</summary>
          {clean}
        </details>
      </>
    )
  }
  return (
    <>
      {text?.state === 'behind' && <p class="quiet">{t('translation.noBase')}</p>}
      {clean}
    </>
  )
}
