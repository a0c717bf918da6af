import type { ComponentChildren } from 'preact'
import { Button, Buttons, Form, Hidden, Notice, type FormState, type PageContext } from '#ui/index.ts'
import { RecordFrame, type Framed } from './record-frame.tsx'

interface ListPageProps {
  readonly context: PageContext
  readonly framed: Framed
  /** The screen's path below the record's address. */
  readonly screen: string
  readonly title: string
  readonly explain: string
  readonly form: FormState
  /** The form has files in it. */
  readonly hasFiles?: boolean
  readonly isSaved: boolean
  /** A button changed the form; nothing is saved yet. */
  readonly isTurned: boolean
  /** Somebody else saved meanwhile: words about it, and what they saved, as lines. */
  readonly conflict: { readonly words: string; readonly theirs: string } | null
  readonly children: ComponentChildren
  /** What stands below the form. */
  readonly below?: ComponentChildren
}

/** A screen on which the parts of a record are put in order: one form, whose buttons change it until it is saved. */
export function ListPage(props: ListPageProps) {
  const { context, framed, screen, title, explain, form, hasFiles, isSaved, isTurned, conflict, children, below } =
    props
  const { t } = context
  return (
    <RecordFrame context={context} framed={framed} screen={screen} title={title}>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      {isTurned && <Notice>{t('desk.agenda.unsaved')}</Notice>}
      {conflict && (
        <Notice kind="warning" title={t('desk.conflict')}>
          <p>{conflict.words}</p>
          <div class="plain">{conflict.theirs}</div>
        </Notice>
      )}
      <p>{explain}</p>
      <Form
        form={form}
        keep={`${framed.id} ${screen}`}
        redraw="check"
        class="form agenda-form"
        {...(hasFiles && { multipart: 'resumed' })}
        {...(isSaved && { saved: true })}
      >
        <Hidden name="version" value={form.values['version']?.[0] ?? ''} />
        <Buttons>
          <Button>{t('form.save')}</Button>
          <Button kind="plain" name="do" value="check">
            {t('desk.agenda.check')}
          </Button>
        </Buttons>
        {children}
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
      </Form>
      {below}
    </RecordFrame>
  )
}
