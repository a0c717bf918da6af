import type { ComponentChildren } from 'preact'
import type { MessageKey, Translate } from '#platform/i18n/index.ts'
import type { FieldProblem } from '#platform/forms.ts'
import { idOf, type FormState } from './state.ts'
import { FileUploads } from './uploads.tsx'

/** What the field of a name is called, where that is known. */
export type FormLabels = (field: string) => string | undefined

/** The labels of fields by their keys; `roles` names `roles.0` too. */
export function labelsBy(t: Translate, keys: Readonly<Record<string, MessageKey>>): FormLabels {
  return (field) => {
    const key = keys[field.replace(/\.\d+$/, '')]
    return key && t(key)
  }
}

interface FormProps {
  readonly form: FormState
  /** Names the field that each line of what is wrong is about. */
  readonly labels?: FormLabels
  /** Where it is sent; left out: to this very address. */
  readonly action?: string
  /** With files. `resumed`: sent as soon as they are chosen, where there is script, and further after a break. */
  readonly multipart?: boolean | 'resumed'
  /** Keeps what is typed in the browser until it was sent, under this key (a record's id, or the page). */
  readonly keep?: string
  /** What was sent has just been saved: the browser forgets what it kept of it. */
  readonly saved?: boolean
  /** The value of `do` by which the hub draws this form of what was sent, without saving; for forms with parts that come and go. */
  readonly redraw?: string
  readonly class?: string
  /** By which a button elsewhere on the page sends it. */
  readonly id?: string
  readonly children: ComponentChildren
}

/** A form that changes something. What is wrong with it is summed up at its top, each line a link to its field. */
export function Form({
  form,
  labels,
  action,
  multipart,
  keep,
  saved,
  redraw,
  class: className,
  id,
  children,
}: FormProps) {
  const body = (
    <form
      method="post"
      {...(id !== undefined && { id })}
      {...(action !== undefined && { action })}
      {...(multipart && { enctype: 'multipart/form-data' })}
      class={className ?? 'form'}
      novalidate
    >
      <ProblemSummary form={form} {...(labels && { labels })} />
      {children}
    </form>
  )
  const whole = multipart === 'resumed' ? <FileUploads context={form.context}>{body}</FileUploads> : body
  if (keep === undefined) return whole
  const { t, visit } = form.context
  return (
    <kept-form
      key-name={`${visit?.id ?? ''} ${keep}`}
      words={t('form.kept')}
      restore={t('form.kept.restore')}
      discard={t('form.kept.discard')}
      offline={t('form.kept.offline')}
      {...(saved && { saved: 'yes' })}
      {...((form.isSent || form.problems.length > 0) && { unsaved: 'yes' })}
      {...(redraw !== undefined && { redraw })}
    >
      {whole}
    </kept-form>
  )
}

/** What is wrong, at the top of the form. */
function ProblemSummary({ form: { problems, context }, labels }: Pick<FormProps, 'form' | 'labels'>) {
  const { t } = context
  if (problems.length === 0) return null
  const said = ({ field, message }: FieldProblem) => {
    const label = field === '' ? undefined : labels?.(field)
    return label === undefined ? t(message) : t('form.problem.of', { field: label, problem: t(message) })
  }
  return (
    <div class="notice warning problems" role="alert" tabIndex={-1} id="problems">
      <p class="label">{t('form.problems', { count: problems.length })}</p>
      <ul>
        {problems.map((problem) => (
          <li>{problem.field === '' ? said(problem) : <a href={`#${idOf(problem.field)}`}>{said(problem)}</a>}</li>
        ))}
      </ul>
    </div>
  )
}
