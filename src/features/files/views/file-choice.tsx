import { isNamedLike, knownExtensions, typeName } from '#platform/files/index.ts'
import { FileField, formatBytes, type FormState } from '#ui/index.ts'
import { fileHref } from '../domain.ts'
import type { KeptFile } from '../store.ts'

/** A file as far as whoever fills in a form may know of it. */
type ShownFile = KeptFile & { readonly isSaved: boolean }

/** Files by their hashes, as far as whoever fills in the form may know of them. */
export type ShownFiles = ReadonlyMap<string, ShownFile>

interface FileChoiceProps {
  readonly form: FormState
  readonly name: string
  readonly label: string
  readonly help?: string
}

/** The choice of a file of a type that the hub takes. */
export function FileChoice(props: FileChoiceProps) {
  return <FileField {...props} accept={knownExtensions()} />
}

interface PresentFileProps {
  readonly form: FormState
  readonly file: ShownFile
  readonly name: string
}

/** The file that a form has: its name, type and size. */
export function PresentFile({ form, file, name }: PresentFileProps) {
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
