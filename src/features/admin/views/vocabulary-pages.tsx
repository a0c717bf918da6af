import type { TextValue } from '#features/records/index.ts'
import type { ConceptThere, SchemeThere } from '#features/taxonomy/index.ts'
import { isolate, type MessageKey } from '#platform/i18n/index.ts'
import { Button, Code, EmptyState, type PageContext, Text, to } from '#ui/index.ts'
import { AdminFrame, MaybeForm } from './frame.tsx'

interface SchemeLine extends SchemeThere {
  readonly label: TextValue | null
  readonly count: number
}

interface VocabulariesPageProps {
  readonly context: PageContext
  readonly schemes: readonly SchemeLine[]
  readonly done: MessageKey | null
}

/** Every vocabulary, in the order in which readers see them. */
export function VocabulariesPage({ context, schemes, done }: VocabulariesPageProps) {
  const { t, lang } = context
  return (
    <AdminFrame context={context} title={t('admin.vocabularies.title')} done={done}>
      <p>
        <a href={to(context, 'desk/records/new/scheme')}>{t('admin.vocabularies.add')}</a>
        {' · '}
        <a href={to(context, 'admin/vocabularies/import')}>{t('admin.skos.title')}</a>
      </p>
      {schemes.length === 0 ? (
        <EmptyState>{t('admin.vocabularies.none')}</EmptyState>
      ) : (
        <MaybeForm action={to(context, 'admin/vocabularies')} hasButtons={schemes.length > 1}>
          <ol class="ordered">
            {schemes.map((scheme, at) => (
              <li>
                <span>
                  <a href={to(context, `admin/vocabularies/${scheme.notation}`)}>
                    {scheme.label ? <Text of={scheme.label} lang={lang} /> : scheme.notation}
                  </a>{' '}
                  <small>{t('themes.terms', { count: scheme.count })}</small> <Standing of={scheme} context={context} />
                </span>
                <Steps
                  id={scheme.id}
                  name={scheme.label?.value ?? scheme.notation}
                  isFirst={at === 0}
                  isLast={at === schemes.length - 1}
                  context={context}
                />
              </li>
            ))}
          </ol>
        </MaybeForm>
      )}
    </AdminFrame>
  )
}

interface VocabularyPageProps {
  readonly context: PageContext
  readonly scheme: SchemeThere
  readonly title: TextValue | null
  readonly concepts: readonly ConceptThere[]
  readonly nameOf: (concept: ConceptThere) => TextValue | null
  readonly done: MessageKey | null
}

/** One vocabulary as a tree, drafts and withdrawn terms too. */
export function VocabularyPage({ context, scheme, title, concepts, nameOf, done }: VocabularyPageProps) {
  const { t } = context
  const above = [{ label: t('admin.vocabularies.title'), href: to(context, 'admin/vocabularies') }]
  const file = `/vocabularies/${scheme.notation}`
  const living = concepts.filter(({ mergedInto }) => mergedInto === null)
  return (
    <AdminFrame context={context} title={title?.value ?? scheme.notation} above={above} done={done}>
      <p>
        <Code>{scheme.notation}</Code> <Standing of={scheme} context={context} />
      </p>
      <ul>
        <li>
          <a href={to(context, `desk/records/${scheme.id}`)}>{t('admin.vocabularies.edit')}</a>
        </li>
        <li>
          <a href={`${to(context, 'desk/records/new/concept')}?of=${scheme.id}`}>{t('admin.vocabularies.addTerm')}</a>
        </li>
        {scheme.status === 'published' && (
          <li>
            {t('admin.vocabularies.export')} <a href={`${file}.ttl`}>Turtle</a>, <a href={`${file}.jsonld`}>JSON-LD</a>
          </li>
        )}
      </ul>
      {living.length === 0 ? (
        <EmptyState>{t('admin.vocabularies.noTerm')}</EmptyState>
      ) : (
        <MaybeForm action={to(context, `admin/vocabularies/${scheme.notation}`)} hasButtons={haveNeighbours(living)}>
          <Branch terms={topOf(living)} all={living} above={[]} nameOf={nameOf} context={context} />
        </MaybeForm>
      )}
    </AdminFrame>
  )
}

/** Whether any term stands beside another, so that it could be moved. */
function haveNeighbours(concepts: readonly ConceptThere[]): boolean {
  return new Set(concepts.map(({ broader }) => broader[0])).size < concepts.length
}

/** Terms under none of the others; and one of each ring, which would stand nowhere else. */
function topOf(concepts: readonly ConceptThere[]): readonly ConceptThere[] {
  const notations = new Set(concepts.map(({ notation }) => notation))
  const tops = concepts.filter(({ broader }) => !broader.some((one) => notations.has(one)))
  const reached = new Set<string>()
  const climb = (from: readonly ConceptThere[]) => {
    for (const one of from) {
      if (reached.has(one.notation)) continue
      reached.add(one.notation)
      climb(concepts.filter(({ broader }) => broader.includes(one.notation)))
    }
  }
  climb(tops)
  const rings = concepts.filter((one) => {
    const isAlone = !reached.has(one.notation)
    if (isAlone) climb([one])
    return isAlone
  })
  return [...tops, ...rings]
}

interface BranchProps {
  readonly terms: readonly ConceptThere[]
  readonly all: readonly ConceptThere[]
  /** Notations of the terms above, so that a ring ends. */
  readonly above: readonly string[]
  readonly nameOf: (concept: ConceptThere) => TextValue | null
  readonly context: PageContext
}

function Branch({ terms, all, above, nameOf, context }: BranchProps) {
  const { lang, t } = context
  return (
    <ol class="ordered">
      {terms.map((term, at) => {
        const name = nameOf(term)
        const path = [...above, term.notation]
        const below = all.filter(({ broader, notation }) => broader.includes(term.notation) && !path.includes(notation))
        // Under a second broader term it stands only to be seen: its order is that under the first.
        const isHome = above.length === 0 || term.broader[0] === above.at(-1)
        return (
          <li>
            <span>
              <a href={to(context, `desk/records/${term.id}`)}>
                {name ? <Text of={name} lang={lang} /> : term.notation}
              </a>{' '}
              <Code>{term.notation}</Code> <Standing of={term} context={context} />
            </span>
            {isHome && (
              <Steps
                id={term.id}
                name={name?.value ?? term.notation}
                isFirst={at === 0}
                isLast={at === terms.length - 1}
                context={context}
              >
                <a
                  href={to(context, `admin/vocabularies/merge/${term.id}`)}
                  aria-label={t('admin.merge.one', { name: isolate(name?.value ?? term.notation) })}
                >
                  {t('admin.merge')}
                </a>
              </Steps>
            )}
            {below.length > 0 && <Branch terms={below} all={all} above={path} nameOf={nameOf} context={context} />}
          </li>
        )
      })}
    </ol>
  )
}

interface StepsProps {
  readonly id: string
  readonly name: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly context: PageContext
  readonly children?: preact.ComponentChildren
}

function Steps({ id, name, isFirst, isLast, context: { t }, children }: StepsProps) {
  const step = (move: 'up' | 'down') => (
    <Button kind="plain" name="move" value={`${move}:${id}`} label={t(`admin.${move}.one`, { name: isolate(name) })}>
      {t(`admin.${move}`)}
    </Button>
  )
  return (
    <span class="steps">
      {!isFirst && step('up')}
      {!isLast && step('down')}
      {children}
    </span>
  )
}

function Standing({ of, context }: { of: { readonly status: SchemeThere['status'] }; context: PageContext }) {
  if (of.status === 'published') return null
  return <span class={`badge ${of.status}`}>{context.t(`admin.status.${of.status}`)}</span>
}
