import type { TextValue } from '#features/records/index.ts'
import type { Concept } from '../domain.ts'

/** A concept with those it is broader than, for drawing. */
export interface ConceptNode {
  readonly label: TextValue
  readonly href: string
  /** Its number, in a vocabulary whose terms are numbered. */
  readonly number: number | null
  readonly narrower: readonly ConceptNode[]
}

/** Picks the text a reader is shown among those there are. */
export type Pick = (values: readonly TextValue[] | undefined) => TextValue | null

/**
 * The concepts of one vocabulary as a hierarchy, in their own order. One under several broader ones stands under each; one that
 * only stands under itself (a ring) stands at the top.
 */
export function conceptTree(
  concepts: readonly Concept[],
  pick: Pick,
  href: (concept: Concept) => string,
): ConceptNode[] {
  const byNotation = new Map(concepts.map((concept) => [concept.notation, concept]))
  const drawn = new Set<string>()
  const draw = (concept: Concept, above: readonly string[]): ConceptNode[] => {
    if (above.includes(concept.notation)) return []
    drawn.add(concept.notation)
    const path = [...above, concept.notation]
    const below = concept.narrower.flatMap((notation) => byNotation.get(notation) ?? [])
    return [
      {
        label: labelOf(concept, pick),
        href: href(concept),
        number: numberOf(concept.notation),
        narrower: below.flatMap((child) => draw(child, path)),
      },
    ]
  }
  const tops = concepts.filter((concept) => !concept.broader.some((notation) => byNotation.has(notation)))
  const tree = tops.flatMap((concept) => draw(concept, []))
  const rings = concepts.flatMap((concept) => (drawn.has(concept.notation) ? [] : draw(concept, [])))
  return [...tree, ...rings]
}

function labelOf(concept: Concept, pick: Pick): TextValue {
  return pick(concept.texts['label']) ?? { lang: 'und', state: 'source', value: concept.notation }
}

/** The number that a notation is: the goals and objectives of the United Nations are known by theirs. */
export function numberOf(notation: string): number | null {
  return /^[1-9]\d{0,3}$/.test(notation) ? Number(notation) : null
}
