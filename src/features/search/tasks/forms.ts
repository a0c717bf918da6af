import type { Reader } from '#features/records/index.ts'
import { valueOf, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { readTerms } from '../domain.ts'
import type { FacetDirectory } from '../facets.ts'
import { readQuestion, writeQuestion } from '../question.ts'
import { most, readDestination, tidyLine, type Task, type TaskText } from './domain.ts'

/** A task as its form says it, or what is wrong with that. */
type ReadTask =
  | { readonly ok: true; readonly value: Omit<Task, 'id'> }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/** Whether a search can look for this: marks alone, and what is only to be left out, find nothing. */
const hasWords = (text: string) => readTerms(text).some(({ isExcluded }) => !isExcluded)

/** Reads the form of a task. Texts in languages that it does not show stay as they are. */
export async function readTaskForm(
  facets: FacetDirectory,
  reader: Reader,
  values: FieldValues,
  { languages, kept }: { readonly languages: readonly string[]; readonly kept: readonly TaskText[] },
): Promise<ReadTask> {
  const search = await readSearch(facets, reader, valueOf(values, 'search').trim())
  const typed = languages.map((lang) => ({
    lang,
    label: tidyLine(valueOf(values, `label.${lang}`)),
    words: tidyLine(valueOf(values, `words.${lang}`)),
  }))
  const problems: FieldProblem[] = [...search.problems, ...typed.flatMap(checkText)]
  const texts = typed.filter(({ label }) => label !== '')
  const others = kept.filter(({ lang }) => !languages.includes(lang))
  if (texts.length + others.length === 0 && problems.every(({ field }) => !field.startsWith('label.')))
    problems.push({ field: `label.${languages[0] ?? 'en'}`, message: 'search.tasks.problem.name' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { query: search.query, texts: [...texts, ...others] } }
}

function checkText({ lang, label, words }: TaskText): FieldProblem[] {
  if (label.length > most.label) return [{ field: `label.${lang}`, message: 'form.tooLong' }]
  if (label === '' && words !== '') return [{ field: `label.${lang}`, message: 'form.required' }]
  if (words.length > most.words) return [{ field: `words.${lang}`, message: 'form.tooLong' }]
  if (words !== '' && !hasWords(words)) return [{ field: `words.${lang}`, message: 'search.tasks.problem.words' }]
  return []
}

const wrong = (message: FieldProblem['message']) => ({ query: '', problems: [{ field: 'search', message }] })

async function readSearch(
  facets: FacetDirectory,
  reader: Reader,
  text: string,
): Promise<{ readonly query: string; readonly problems: readonly FieldProblem[] }> {
  if (text === '') return wrong('form.required')
  if (text.length > most.address) return wrong('form.tooLong')
  const given = readDestination(text)
  const { question, ignored } = await readQuestion(facets, reader, (name) => given.get(name) ?? '')
  if (ignored.length > 0) return wrong('search.tasks.problem.search')
  if (!hasWords(question.typed)) return wrong('search.tasks.problem.words')
  return { query: writeQuestion({ ...question, page: 1 }), problems: [] }
}
