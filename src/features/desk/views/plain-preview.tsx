import type { ComponentChild } from 'preact'
import { kindOf, textFor, type LoadedRecord, type Reader } from '#features/records/index.ts'
import { FactList, Layout, Prose, Section, Text, Title, type PageContext } from '#ui/index.ts'
import { isPicked, type DeskKind, type FactValues } from '../kind.ts'
import { ValueWords, type Names } from './value.tsx'

interface PlainPreviewProps {
  readonly context: PageContext
  readonly reader: Reader
  readonly kind: DeskKind
  readonly record: LoadedRecord
  readonly facts: FactValues
  /** Names of the published records it points to; others are left out. */
  readonly names: Names
  readonly notice: ComponentChild
}

/** A draft as a plain page of its texts and facts, for kinds whose own page cannot be drawn before they are published. */
export function PlainPreview({ context, reader, kind, record, facts, names, notice }: PlainPreviewProps) {
  const { t, lang } = context
  const [lead, ...others] = kindOf(kind.kind).fields
  const title = textFor(record, lead.name, reader) ?? {
    lang: record.sourceLang,
    state: 'source' as const,
    value: record.id,
  }
  const shown = kind.facts.flatMap((fact) => {
    const value = facts[fact.name] ?? []
    const known = isPicked(fact) && fact.type !== 'places' ? value.filter((id) => names.has(id)) : value
    return known.length === 0 ? [] : [{ fact, value: known }]
  })
  return (
    <Layout context={context} title={title.value} unlisted>
      {notice}
      <p class="kicker">{t(kind.label)}</p>
      <Title of={title} lang={lang} />
      <FactList
        facts={shown.map(({ fact, value }) => ({
          term: t(fact.label),
          value: (
            <ValueWords
              name={`fact.${fact.name}`}
              lang={null}
              zone={context.hub.timeZone}
              {...{ value, kind, names, context }}
            />
          ),
        }))}
      />
      {others.map((field) => {
        const text = textFor(record, field.name, reader)
        const label = kind.texts[field.name]?.label
        if (!text || !label) return null
        return (
          <Section title={t(label)}>
            {field.markdown ? (
              <Prose of={text} told={title} context={context} />
            ) : (
              <p>
                <Text of={text} lang={lang} />
              </p>
            )}
          </Section>
        )
      })}
    </Layout>
  )
}
