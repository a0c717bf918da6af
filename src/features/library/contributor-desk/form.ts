import { kindOfId } from '#features/records/index.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { cleanText } from '#platform/text/index.ts'
import { contributorRoles, type Contributor, type ContributorKind } from '../domain.ts'
import { moveEntry, numbersIn } from '../entry-lists.ts'

/** A contributor as it is typed: nothing has looked at what it says yet. */
export interface ContributorEntry {
  readonly role: string
  /** `person`, `organisation`, or the id of one in the directory. */
  readonly who: string
  /** An organisation's name, or a person's family name. */
  readonly name: string
  readonly given: string
}

/** The contributors of a publication as they are typed. */
export interface ContributorsForm {
  readonly entries: readonly ContributorEntry[]
  /** What was typed to look for somebody in the directory. */
  readonly find: string
}

const most = { entries: 500, name: 300 } as const

/** Reads the form of contributors. Numbers in names give the order; gaps do not matter. */
export function readContributorsForm(sent: FieldValues): ContributorsForm {
  const entries = numbersIn(sent, 'contributors').map((number): ContributorEntry => {
    const text = (field: string) => tidy(sent[`contributors.${number}.${field}`]?.[0] ?? '')
    return { role: text('role'), who: text('who'), name: text('name'), given: text('given') }
  })
  const role = entries.at(-1)?.role ?? 'author'
  const added = (sent['add[]'] ?? []).filter((id) => id !== '').map((who) => ({ role, who, name: '', given: '' }))
  return { entries: [...entries, ...added], find: tidy(sent['find']?.[0] ?? '').slice(0, 100) }
}

const tidy = (text: string) => cleanText(text).replace(/\s+/g, ' ').trim()

/** Contributors as the values of their form. */
export function contributorValues({ entries, find }: ContributorsForm): FieldValues {
  const values: Record<string, readonly string[]> = { find: [find] }
  for (const [index, entry] of entries.entries()) {
    for (const [field, text] of Object.entries(entry)) values[`contributors.${index}.${field}`] = [text]
  }
  return values
}

/** What a button of the form does to the contributors instead of saving them; null: it saves. */
export function turnContributors(form: ContributorsForm, deed: string): ContributorsForm | null {
  const [verb = '', of = ''] = deed.split(':')
  const { entries } = form
  if (verb === 'check' || verb === 'find') return form
  if (verb === 'add') {
    const who = of === 'organisation' ? 'organisation' : 'person'
    return { ...form, entries: [...entries, { role: entries.at(-1)?.role ?? 'author', who, name: '', given: '' }] }
  }
  const moved = moveEntry(entries, verb, of)
  return moved && { ...form, entries: moved }
}

/** What kind of contributor an entry is of; null when it names something else. */
export function kindOfEntry({ who }: Pick<ContributorEntry, 'who'>): ContributorKind | null {
  const kind = who === 'person' || who === 'organisation' ? who : kindOfId(who)?.kind
  return kind === 'person' || kind === 'organisation' ? kind : null
}

/** The directory's id of an entry, or null. */
export const agentOf = ({ who }: Pick<ContributorEntry, 'who'>): string | null =>
  who === 'person' || who === 'organisation' ? null : who

/** Contributors that were understood, and what cannot be kept, told at its field. */
export interface ReadContributors {
  readonly contributors: readonly Contributor[]
  readonly problems: readonly FieldProblem[]
}

/** Reads every entry; whether the directory knows those it names is not looked at. */
export function readContributors({ entries }: ContributorsForm): ReadContributors {
  const problems: FieldProblem[] = []
  if (entries.length > most.entries) problems.push({ field: '', message: 'desk.contributors.tooMany' })
  const seen = new Set<string>()
  const contributors = entries.flatMap((entry, index): Contributor[] => {
    const wrong = (field: string, message: FieldProblem['message']) =>
      problems.push({ field: `contributors.${index}.${field}`, message })
    const role = contributorRoles.find((one) => one === entry.role)
    const kind = kindOfEntry(entry)
    const { name, given } = entry
    if (role === undefined) wrong('role', 'form.invalid')
    if (kind === null) wrong('name', 'desk.problem.record')
    else if (name === '') wrong('name', 'form.required')
    else if (name.length > most.name) wrong('name', 'form.tooLong')
    if (given.length > most.name) wrong('given', 'form.tooLong')
    if (role === undefined || kind === null) return []
    const read = { role, kind, agentId: agentOf(entry), name, given: kind === 'person' && given !== '' ? given : null }
    const key = JSON.stringify([role, read.agentId ?? [kind, name, read.given]])
    if (name !== '' && seen.has(key)) wrong('name', 'desk.contributors.twice')
    seen.add(key)
    return [read]
  })
  return { contributors, problems }
}

/** A contributor as an entry of the form. */
export function entryOfContributor({ role, kind, agentId, name, given }: Contributor): ContributorEntry {
  return { role, who: agentId ?? kind, name, given: given ?? '' }
}

/** Contributors as lines of text, for the history: in their order, by family name, with the directory's id where there is one. */
export function contributorLines(contributors: readonly Contributor[]): string {
  return contributors
    .map(({ role, agentId, name, given }, index) =>
      [`${index + 1}`, given === null ? name : `${name}, ${given}`, role === 'author' ? '' : role, agentId ?? '']
        .filter((text) => text !== '')
        .join(' · '),
    )
    .join('\n')
}
