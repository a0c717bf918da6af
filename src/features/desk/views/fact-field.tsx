import type { ShownFiles } from '#features/files/index.ts'
import { languageName, regionName } from '#platform/i18n/index.ts'
import { Checkbox, ChoiceGroup, Field, Hidden, Select, TextArea, type FormState } from '#ui/index.ts'
import { listCountries } from '../facts.ts'
import { isPicked, type Fact } from '../kind.ts'
import type { Picks } from '../picks.ts'
import { FileFact } from './file-fact.tsx'
import { Picker } from './picker.tsx'

interface FactFieldProps {
  readonly form: FormState
  readonly fact: Fact
  readonly picks: ReadonlyMap<string, Picks>
  readonly languages: readonly string[]
  readonly files: ShownFiles
}

const zones = Intl.supportedValuesOf('timeZone')

/** The field of a fact, by its type. */
export function FactField({ form, fact, picks, languages, files }: FactFieldProps) {
  const { t, lang } = form.context
  if (isPicked(fact))
    return <Picker form={form} fact={fact} picks={picks.get(fact.name) ?? { chosen: [], found: null }} />
  if (fact.type === 'file') return <FileFact {...{ form, fact, files }} />
  const name = `fact.${fact.name}`
  const common = {
    form,
    name,
    label: t(fact.label),
    ...(fact.help && { help: t(fact.help) }),
    ...(fact.required && { required: true }),
  }
  switch (fact.type) {
    case 'select':
      return <Select {...common} choices={fact.choices.map(({ value, label }) => ({ value, label: t(label) }))} />
    case 'choices':
      return <Choices {...{ form, fact }} />
    case 'country':
      return <Select {...common} choices={countryChoices(lang)} />
    case 'language': {
      const current = form.values[name]?.[0]
      const known = [...new Set([...languages, ...(current ? [current] : [])])]
      return <Select {...common} choices={known.map((value) => ({ value, label: languageName(value, lang) }))} />
    }
    case 'zone':
      return <Field {...common} lang="zxx" suggestions={zones} />
    case 'flag':
      return (
        <>
          <Hidden name={name} value="" />
          <Checkbox
            {...flagged(form, name)}
            name={name}
            label={common.label}
            {...(common.help && { help: common.help })}
          />
        </>
      )
    case 'lines':
      return <TextArea {...common} rows={4} />
    case 'day':
      return <Field {...common} type="date" />
    case 'instant':
      return <Field {...common} type="datetime-local" />
    case 'number':
      return <Field {...common} type="number" inputmode="numeric" />
    case 'url':
      return <Field {...common} type="url" inputmode="url" lang="zxx" maxLength={2000} />
    default:
      return <Field {...common} maxLength={500} />
  }
}

/** Boxes to mark. Something is sent when none is, so that half a form is told from one that takes all of them back. */
function Choices({ form, fact }: { form: FormState; fact: Fact & { type: 'choices' } }) {
  const { t } = form.context
  const name = `fact.${fact.name}`
  const values = { ...form.values, [`${name}[]`]: form.values[name] ?? [] }
  return (
    <>
      <Hidden name={`${name}[]`} value="" />
      <ChoiceGroup
        form={{ ...form, values }}
        name={`${name}[]`}
        kind="checkbox"
        label={t(fact.label)}
        {...(fact.help && { help: t(fact.help) })}
        choices={fact.choices.map(({ value, label }) => ({ value, label: t(label) }))}
      />
    </>
  )
}

/** A flag is sent twice when it is on: empty, so that half a form is told from one that switches it off, and `on`. */
function flagged(form: FormState, name: string): { form: FormState } {
  const isOn = (form.values[name] ?? []).includes('on')
  return { form: { ...form, values: { ...form.values, [name]: isOn ? ['on'] : [] } } }
}

const countryChoices = (lang: string) =>
  sorted(
    listCountries().map((code) => ({ value: code, label: regionName(code, lang) })),
    lang,
  )

function sorted<T extends { readonly label: string }>(choices: readonly T[], lang: string): T[] {
  const collator = new Intl.Collator(lang)
  return choices.toSorted((one, other) => collator.compare(one.label, other.label))
}
