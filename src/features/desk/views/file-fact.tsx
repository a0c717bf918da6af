import { fileHref, readFileRef, type KeptFile } from '#features/files/index.ts'
import { isNamedLike, knownExtensions, typeName } from '#platform/files/index.ts'
import { Checkbox, FieldSet, FileField, formatBytes, Hidden, type FormState } from '#ui/index.ts'
import type { Fact } from '../kind.ts'

/** Files by their hashes, as far as whoever fills in the form may know of them. */
export type ShownFiles = ReadonlyMap<string, KeptFile & { readonly isSaved: boolean }>

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
  const field = (label: string) => (
    <FileField
      form={form}
      name={name}
      label={label}
      accept={knownExtensions()}
      {...(fact.help && { help: t(fact.help) })}
    />
  )
  if (!ref || !file) return field(t(fact.label))
  return (
    <FieldSet legend={t(fact.label)}>
      <Hidden name={`kept.${fact.name}`} value={line} />
      <Present file={file} name={ref.name} form={form} />
      {field(t('desk.file.replace'))}
      <Checkbox form={form} name={`drop.${fact.name}`} label={t('desk.file.drop')} />
    </FieldSet>
  )
}

function Present({ file, name, form }: { file: KeptFile & { isSaved: boolean }; name: string; form: FormState }) {
  const { t, lang } = form.context
  const kind = typeName(file.type)
  return (
    <>
      <p class="file">
        {file.isSaved ? (
          <a href={fileHref(file.sha256, name)}>
            <bdi>{name}</bdi>
          </a>
        ) : (
          <bdi>{name}</bdi>
        )}{' '}
        <small>{[kind, formatBytes(file.bytes, lang)].filter(Boolean).join(' · ')}</small>
      </p>
      {!file.isSaved && <p class="help">{t('desk.file.unsaved')}</p>}
      {kind !== null && !isNamedLike(name, file.type) && <p class="help">{t('desk.file.unlike', { type: kind })}</p>}
    </>
  )
}
