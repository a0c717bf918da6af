import type { FieldValues } from '#platform/forms.ts'
import { Button, Buttons, Form, formatList, Hidden, Notice, type FormState, type PageContext } from '#ui/index.ts'
import type { Conflict } from '../conflicts.ts'
import type { FactValue } from '../kind.ts'
import { RecordFrame, recordPath, type Framed } from './record-frame.tsx'
import { labelOf, labelsOf, TextDifference, ValueWords, type Names } from './value.tsx'

interface ConflictPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly lang: string
  readonly form: FormState
  /** All that was sent, so that nothing of it is lost. */
  readonly sent: FieldValues
  /** The record as it stands now, as its form shows it. */
  readonly shown: FieldValues
  readonly conflicts: readonly Conflict[]
  /** Names of those who saved meanwhile. */
  readonly by: readonly string[]
  readonly names: Names
  readonly zone: string
}

/** Both versions of a record that two people saved, field by field; whoever was second chooses, and nothing is lost. */
export function ConflictPage(props: ConflictPageProps) {
  const { context, framed, lang, form, sent, shown, conflicts, by } = props
  const { t } = context
  const carried = Object.entries(sent).filter(([name]) => !/^(version|since|do|drop\.|pick\.|theirs\.)/.test(name))
  return (
    <RecordFrame context={context} framed={framed} screen="" title={t('desk.conflict')}>
      <Notice kind="warning" title={t('desk.conflict')}>
        {by.length > 0 ? t('desk.conflict.by', { names: formatList(by, context.lang) }) : t('desk.conflict.explain')}
      </Notice>
      <Form
        form={form}
        action={`${recordPath(context, framed.id)}?lang=${encodeURIComponent(lang)}`}
        labels={labelsOf(framed.kind, context)}
      >
        <Hidden name="version" value={shown['version']?.[0] ?? ''} />
        <Hidden name="since" value={shown['since']?.[0] ?? ''} />
        {carried.flatMap(([name, values]) =>
          values.map((value) => <Hidden name={name.endsWith('[]') ? name : `${name}[]`} value={value} />),
        )}
        {conflicts.length === 0 && <p>{t('desk.conflict.none')}</p>}
        {conflicts.map((conflict) => (
          <ConflictChoice conflict={conflict} {...props} />
        ))}
        <Buttons>
          <Button>{t('desk.conflict.save')}</Button>
          <Button kind="plain" name="do" value="review">
            {t('desk.conflict.review')}
          </Button>
        </Buttons>
      </Form>
    </RecordFrame>
  )
}

function ConflictChoice(props: ConflictPageProps & { conflict: Conflict }) {
  const { conflict, context, framed, lang, shown } = props
  const { t } = context
  const { name, theirs, yours, base, changedBy } = conflict
  const id = `pick-${name.replace('.', '-')}`
  const side = (which: 'theirs' | 'yours', value: FactValue, isChosen: boolean) => (
    <div class="side">
      <p class="check">
        <input type="radio" id={`${id}-${which}`} name={`pick.${name}`} value={which} checked={isChosen} />
        <label for={`${id}-${which}`}>{t(`desk.conflict.${which}`)}</label>
      </p>
      <Side value={value} {...props} />
    </div>
  )
  return (
    <fieldset class="set conflict">
      <legend>{labelOf(framed.kind, name, context)}</legend>
      <p class="help">{t(`desk.conflict.changedBy.${changedBy}`)}</p>
      {(theirs.length === 0 ? [''] : (shown[name] ?? [])).map((value) => (
        <Hidden name={`theirs.${name}[]`} value={value} />
      ))}
      <div class="two">
        {side('theirs', theirs, changedBy === 'them')}
        {side('yours', yours, changedBy !== 'them')}
      </div>
      {changedBy === 'both' && (
        <details>
          <summary>{t('desk.conflict.base')}</summary>
          <ValueWords
            {...props}
            name={name}
            value={base}
            kind={framed.kind}
            lang={name.startsWith('text.') ? lang : null}
          />
        </details>
      )}
    </fieldset>
  )
}

/** One side, with its differences from what both began with where it is a text. */
function Side({
  conflict,
  value,
  context,
  framed,
  lang,
  names,
  zone,
}: ConflictPageProps & { conflict: Conflict; value: FactValue }) {
  const { name, base } = conflict
  const [before] = base
  const [after] = value
  if (name.startsWith('text.') && before !== undefined && after !== undefined && before !== after) {
    return <TextDifference before={before} after={after} lang={lang} />
  }
  const textLang = name.startsWith('text.') ? lang : null
  return <ValueWords name={name} value={value} kind={framed.kind} lang={textLang} {...{ names, zone, context }} />
}
