import type { MessageKey } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Button, Form, freshForm, Notice, to, type PageContext } from '#ui/index.ts'
import type { PairedRecord } from '../domain.ts'
import type { MachineFault } from '../machine/index.ts'
import type { MachineRequest } from '../store-requests.ts'

interface MachinePartProps {
  readonly context: PageContext
  readonly record: PairedRecord
  readonly into: string
  readonly request: MachineRequest | null
  readonly hasMachine: boolean
}

/** Has a machine try first what is not there, and tells what became of that. */
export function MachinePart({ context, record, into, request, hasMachine }: MachinePartProps) {
  if (!hasMachine) return null
  const { t } = context
  const isOpen = record.pairs.some(
    ({ text, source }) => text === null || (text.state === 'machine' && text.sourceHash !== source.hash),
  )
  const isWaiting = request !== null && request.endedAt === null
  return (
    <>
      {request && (
        <Notice kind={request.problem === null ? 'info' : 'warning'}>{describeRequest(request, context)}</Notice>
      )}
      {isOpen && !isWaiting && (
        <Form form={freshForm(context, {})} action={to(context, `desk/translation/${record.id}/${into}/machine`)}>
          <Button kind="plain">{t('machine.ask')}</Button> <small>{t('machine.help')}</small>
        </Form>
      )}
    </>
  )
}

const faults: Readonly<Record<MachineFault, MessageKey>> = {
  away: 'machine.away',
  late: 'machine.late',
  refused: 'machine.refused',
  garbage: 'machine.garbage',
  form: 'machine.form',
  language: 'machine.language',
  long: 'machine.long',
}

const isFault = (name: string): name is MachineFault => Object.hasOwn(faults, name)

function describeRequest({ askedAt, endedAt, made, problem }: MachineRequest, { t, lang, hub }: PageContext): string {
  const at = formatInstant(endedAt ?? askedAt, lang, hub.timeZone)
  if (endedAt === null) return t('machine.waiting', { at })
  if (problem === null) return t('machine.made', { count: made ?? 0, at })
  const [fault = '', detail = ''] = problem.split(' ')
  return t('machine.failed', { at, problem: t(isFault(fault) ? faults[fault] : 'machine.garbage', { status: detail }) })
}
