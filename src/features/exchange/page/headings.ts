import { fold } from './fold.ts'
import { ar } from './headings/ar.ts'
import { en } from './headings/en.ts'
import { es } from './headings/es.ts'
import { fr } from './headings/fr.ts'
import type { SectionKind } from './headings/kinds.ts'
import { pt } from './headings/pt.ts'

export type { SectionKind } from './headings/kinds.ts'

/** From the weakest to the strongest: where a word could head two sections ("programme"), the later one has it. */
const order: readonly SectionKind[] = [
  'other',
  'title',
  'languages',
  'place',
  'publication',
  'registration',
  'presentation',
  'recordings',
  'agenda',
  'background',
  'audiences',
  'format',
  'objectives',
  'time',
  'dates',
]
const kinds: ReadonlyMap<string, SectionKind> = new Map(
  order.flatMap((kind) =>
    [en, fr, es, pt, ar].flatMap((table) => table[kind].map((words): [string, SectionKind] => [fold(words), kind])),
  ),
)

/** What the sections named by a heading are, in its order; empty when it is not one that is known. */
export function matchHeading(folded: string): SectionKind[] {
  if (folded.length === 0 || folded.length > 90) return []
  const bare = folded
    .replace(/^[\s*#>•-]{1,10}/, '')
    .replace(/^(?:\d{1,2}|[ivx]{1,4})[.)] /, '')
    .replace(/[\s:.*#?!؟-]{1,10}$/, '')
  const whole = kinds.get(bare)
  if (whole) return [whole]
  const parts = bare
    .split(/\s*[,،/&+]\s*|\s+(?:and|et|y|e|ou|or|o|n)\s+|\s+و\s*/)
    .map((part) => part.replace(/^(?:l'|(?:the|le|la|les|el|los|las|o|os|as|a|des|du) )/, ''))
    .filter((part) => part !== '')
  if (parts.length < 2 || parts.length > 5) return []
  const found = parts.map((part) => kinds.get(part))
  return found.flatMap((kind) => (kind ? [kind] : [])).length === parts.length
    ? [...new Set(found.flatMap((kind) => (kind ? [kind] : [])))]
    : []
}

/** A heading and its content on one line, “Date: 1-2 December 2021”; `at` is where the content begins. */
export function matchLabel(text: string): { kinds: SectionKind[]; at: number } | null {
  const colon = text.slice(0, 60).indexOf(':')
  if (colon < 2 || colon >= text.length - 1) return null
  const found = matchHeading(fold(text.slice(0, colon)))
  if (found.length === 0) return null
  const rest = text.slice(colon + 1)
  return { kinds: found, at: colon + 1 + (rest.length - rest.trimStart().length) }
}
