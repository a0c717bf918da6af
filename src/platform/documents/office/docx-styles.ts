import { attributeOf, descend, elementsOf, type Element } from './xml.ts'

export interface ParagraphStyle {
  /** The depth of a heading, from 1; null for other paragraphs. */
  readonly level: number | null
  readonly isItem: boolean
}

export interface Styles {
  /** The language that text is in where nothing else is said. */
  readonly lang: string | null
  readonly of: (id: string | null) => ParagraphStyle
}

const plain: ParagraphStyle = { level: null, isItem: false }
const deepest = 20

/** What the styles of a Word document mean. */
export function readStyles(root: Element | null): Styles {
  const byId = new Map<string, Element>()
  for (const style of root ? elementsOf(root) : []) {
    const id = attributeOf(style, 'styleId')
    if (style.name === 'style' && id !== null) byId.set(id, style)
  }
  const known = new Map<string, ParagraphStyle>()
  const find = (id: string | null, depth = 0): ParagraphStyle => {
    const style = id === null ? undefined : byId.get(id)
    if (id === null || !style || depth > deepest) return plain
    const found = known.get(id) ?? meaning(style, find(attributeOf(descend(style, 'basedOn'), 'val'), depth + 1))
    known.set(id, found)
    return found
  }
  const defaults = descend(root ?? undefined, 'docDefaults', 'rPrDefault', 'rPr', 'lang')
  return { lang: attributeOf(defaults, 'val'), of: (id) => find(id) }
}

function meaning(style: Element, base: ParagraphStyle): ParagraphStyle {
  const name = (attributeOf(descend(style, 'name'), 'val') ?? '').toLowerCase()
  const outline = attributeOf(descend(style, 'pPr', 'outlineLvl'), 'val')
  const named = /^heading ([1-9])$/.exec(name)?.[1]
  const isItem = descend(style, 'pPr', 'numPr') !== undefined || /^list (?:bullet|number)/.test(name) || base.isItem
  if (outline !== null && /^\d$/.test(outline)) return { level: outline === '9' ? null : Number(outline) + 1, isItem }
  if (name === 'title') return { level: 1, isItem }
  return { level: named === undefined ? base.level : Number(named), isItem }
}
