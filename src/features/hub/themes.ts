import { pickText, type Outline, type Reader, type TextValue, type Texts } from '#features/records/index.ts'
import {
  conceptHref,
  outlineTopConcepts,
  type Concept,
  type ConceptTag,
  type TaxonomyDeps,
} from '#features/taxonomy/index.ts'

/** A concept's or scheme's label for a reader; its notation when nobody named it. */
export function labelOf(of: { texts: Texts; notation: string }, reader: Reader): TextValue {
  return pickText(of.texts['label'], reader.chain) ?? { lang: 'en', state: 'source', value: of.notation }
}

/** A concept as a link. */
export function toTag(concept: Concept, reader: Reader): { label: TextValue; href: string } {
  return { label: labelOf(concept, reader), href: conceptHref(concept, reader.lang) }
}

/** The broadest themes of the hub, as links. */
export async function outlineTopThemes(deps: TaxonomyDeps, reader: Reader): Promise<Outline<readonly ConceptTag[]>> {
  return outlineTopConcepts(deps, reader, 'theme')
}
