import { Flow } from '../flow.ts'
import { PageWriter } from '../pages.ts'
import type { Found, Say } from '../read-file.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { coreData, mainPart, relationsOf, withPackage } from './package.ts'
import { attributeOf, descend, elementsOf, findAll, type Element } from './xml.ts'

/** Reads slides, a page for each. */
export async function readPptx(task: ReadTask, say: Say): Promise<Found> {
  return withPackage(task, async (file) => {
    const main = await mainPart(file, 'ppt/presentation.xml')
    const slides = descend((await file.xml(main)) ?? undefined, 'sldIdLst')
    if (!slides && !file.names.includes(main)) throw new UnreadableError('type', 'no slides within')
    const relations = await relationsOf(file, main)
    const ids = elementsOf(slides).map((one) => relationIdOf(one))
    const writer = new PageWriter(task.limits)
    const flow = new Flow(writer)
    for (const [at, id] of ids.entries()) {
      const slide = await file.xml(relations.get(id) ?? '')
      if (slide) readSlide(slide, flow)
      flow.endPage()
      if (at % 20 === 0) await say({ done: at, total: ids.length })
    }
    const core = await coreData(file)
    return { title: core.title, claimedLang: core.lang, pages: writer.pages, cut: writer.cut }
  })
}

/** `r:id`, and not the slide's own `id`. */
function relationIdOf(slide: Element): string {
  return [...slide.attributes].find(([key]) => key.endsWith('/relationships id'))?.[1] ?? ''
}

type Shape = { readonly kind: string | null; readonly element: Element }

/** What stands on every slide. */
const repeated = new Set(['sldNum', 'dt', 'ftr', 'hdr'])
const titles = new Set(['title', 'ctrTitle'])
const isTitle = ({ kind }: Shape) => kind !== null && titles.has(kind)

function readSlide(slide: Element, flow: Flow): void {
  const shapes = listShapes(descend(slide, 'cSld', 'spTree')).filter(({ kind }) => kind === null || !repeated.has(kind))
  for (const { element } of shapes.filter(isTitle)) flow.heading(2, paragraphsOf(element).join(' '))
  for (const shape of shapes.filter((one) => !isTitle(one))) readShape(shape, flow)
}

function readShape({ kind, element }: Shape, flow: Flow): void {
  if (element.name === 'graphicFrame') {
    for (const table of findAll(element, 'tbl'))
      flow.table(findAll(table, 'tr').map((row) => findAll(row, 'tc').map((cell) => paragraphsOf(cell).join(' '))))
    return
  }
  const paragraphs = paragraphsOf(element).filter((text) => text.trim() !== '')
  const isList = kind === 'body' && paragraphs.length > 1
  for (const text of paragraphs) {
    if (isList) flow.item(text)
    else flow.paragraph(text)
  }
  flow.endList()
}

/** Shapes in their order, those of groups among them. */
function listShapes(parent: Element | undefined): Shape[] {
  return elementsOf(parent).flatMap((element): Shape[] => {
    if (element.name === 'grpSp' || element.name === 'AlternateContent' || element.name === 'Choice')
      return listShapes(element)
    if (element.name === 'graphicFrame') return [{ kind: null, element }]
    if (element.name !== 'sp') return []
    const place = descend(element, 'nvSpPr', 'nvPr', 'ph')
    return [{ kind: place ? (attributeOf(place, 'type') ?? 'body') : null, element }]
  })
}

function paragraphsOf(element: Element): string[] {
  return findAll(element, 'p').map((paragraph) => runsOf(paragraph))
}

function runsOf(element: Element): string {
  return elementsOf(element)
    .map((child) => {
      if (child.name === 't') return child.children.filter((text) => typeof text === 'string').join('')
      return child.name === 'br' ? ' ' : runsOf(child)
    })
    .join('')
}
