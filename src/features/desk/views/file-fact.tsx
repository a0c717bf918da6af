import { FileChoice, PresentFile, readFileRef, type ShownFiles } from '#features/files/index.ts'
import { Checkbox, FieldSet, Hidden, type FormState } from '#ui/index.ts'
import type { Fact } from '../kind.ts'

interface FileFactProps {
  readonly form: FormState
  readonly fact: Fact
  readonly files: ShownFiles
}

/** The file a record has, and another in its place or none; or the choice of one. */
export function FileFact({ form, fact, files }: FileFactProps) {
  const { t } = form.context
  const name = `fact.${fact.name}`
  const [line = ''] = form.values[name] ?? []
  const ref = readFileRef(line)
  const file = ref && files.get(ref.sha256)
  const choice = (label: string) => <FileChoice {...{ form, name, label }} {...(fact.help && { help: t(fact.help) })} />
  if (!ref || !file) return choice(t(fact.label))
  return (
    <FieldSet legend={t(fact.label)}>
      <Hidden name={`kept.${fact.name}`} value={line} />
      <PresentFile {...{ form, file }} name={ref.name} />
      {choice(t('desk.file.replace'))}
      <Checkbox form={form} name={`drop.${fact.name}`} label={t('desk.file.drop')} />
    </FieldSet>
  )
}
