import { valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'

/** Whom a name in captions means, as it was sent. */
export interface Meant {
  readonly label: string
  readonly personId: string | null
}

/** What is known of the captions that a form was sent for. */
interface Known {
  readonly labels: readonly string[]
  /** Ids of the people to choose from. */
  readonly people: readonly string[]
}

/** The names and people of a form (`label.0`, `person.0`), or what is wrong with them: a name that is in no line, somebody who does not speak there. */
export function readMeant(
  sent: FieldValues,
  { labels, people }: Known,
): { readonly meant: readonly Meant[]; readonly problems: readonly FieldProblem[] } {
  const meant: Meant[] = []
  const problems: FieldProblem[] = []
  for (const name of Object.keys(sent)) {
    const [, number] = /^label\.(\d{1,3})$/.exec(name) ?? []
    if (number === undefined) continue
    // Forms are sent in Unicode's composed form, files need not be.
    const found = labels.filter((label) => label.normalize('NFC') === valueOf(sent, name))
    const person = valueOf(sent, `person.${number}`)
    if (found.length === 0) problems.push({ field: '', message: 'desk.captions.labelGone' })
    else if (person !== '' && !people.includes(person))
      problems.push({ field: `person.${number}`, message: 'desk.captions.otherPerson' })
    else meant.push(...found.map((label) => ({ label, personId: person === '' ? null : person })))
  }
  return { meant, problems }
}
