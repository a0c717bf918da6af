import { Moves, Turn } from '#features/desk/index.ts'
import { FileChoice, PresentFile, readFileRef, type ShownFiles } from '#features/files/index.ts'
import { Field, Hidden, Select, type Choice, type FormState, type PageContext } from '#ui/index.ts'
import type { EditionEntry, FileEntry } from '../edition-desk/form.ts'
import { usualLicences } from '../licences.ts'

interface EditionFilesProps {
  readonly context: PageContext
  readonly form: FormState
  readonly edition: EditionEntry
  readonly index: number
  readonly files: ShownFiles
  /** Languages. */
  readonly choices: readonly Choice[]
}

/** The files of an edition, each with its language and licence. */
export function EditionFiles(props: EditionFilesProps) {
  const { context, edition, index } = props
  const { t } = context
  return (
    <fieldset class="field">
      <legend>{t('desk.editions.files')}</legend>
      {edition.files.map((entry, at) => (
        <OneFile {...props} entry={entry} at={at} />
      ))}
      <Turn
        deed={`file:${index}`}
        words={t('desk.editions.addFile')}
        label={t('desk.editions.addFile.label', { number: index + 1 })}
      />
    </fieldset>
  )
}

type OneFileProps = EditionFilesProps & { readonly entry: FileEntry; readonly at: number }

function OneFile(props: OneFileProps) {
  const { context, form, edition, index, files, choices, entry, at } = props
  const { t } = context
  const name = (field: string) => `editions.${index}.files.${at}.${field}`
  const ref = readFileRef(entry.ref)
  const file = ref && files.get(ref.sha256)
  const heading = t('desk.editions.file', { edition: index + 1, number: at + 1 })
  return (
    <fieldset class="set">
      <legend>{heading}</legend>
      <Hidden name={name('id')} value={entry.id} />
      {ref && file && (
        <>
          <Hidden name={name('ref')} value={entry.ref} />
          <PresentFile {...{ form, file }} name={ref.name} />
        </>
      )}
      <div class="row">
        <Select
          form={form}
          name={name('lang')}
          label={t('languages.language')}
          required
          none={t('form.none')}
          choices={choices}
        />
        <Field
          form={form}
          name={name('licence')}
          label={t('desk.editions.licence')}
          lang="zxx"
          suggestions={usualLicences}
          maxLength={2000}
        />
      </div>
      <FileSource {...{ context, form, entry, name }} isThere={Boolean(file)} />
      <div class="buttons">
        <Moves
          {...{ context, heading }}
          index={at}
          count={edition.files.length}
          deed={(verb) => `file-${verb}:${index}:${at}`}
        />
      </div>
    </fieldset>
  )
}

interface FileSourceProps {
  readonly context: PageContext
  readonly form: FormState
  readonly entry: FileEntry
  readonly name: (field: string) => string
  /** A file of the hub has been chosen. */
  readonly isThere: boolean
}

/** A file to send, or a link to where it is. */
function FileSource({ context, form, entry, name, isThere }: FileSourceProps) {
  const { t } = context
  return (
    <>
      <FileChoice
        form={form}
        name={name('upload')}
        label={isThere ? t('desk.file.replace') : t('desk.fact.file')}
        help={t('desk.help.file')}
      />
      {(!isThere || entry.url !== '') && (
        <Field
          form={form}
          name={name('url')}
          label={t('desk.editions.url')}
          type="url"
          inputmode="url"
          lang="zxx"
          maxLength={2000}
        />
      )}
    </>
  )
}
