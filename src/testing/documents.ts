import { makeZip, type ZipPart } from './zip.ts'

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
const drawing =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'

const core = (title: string, lang: string) => ({
  name: 'docProps/core.xml',
  content: `${xml}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:language>${lang}</dc:language></cp:coreProperties>`,
})

interface Told {
  readonly title?: string
  readonly lang?: string
  /** Parts beside those that it needs. */
  readonly more?: readonly ZipPart[]
}

const style = (id: string, name: string, inner = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${inner}</w:style>`

/** A Word document of this body. Its styles are `Heading1`, `Heading2`, `Titre3` (based on a heading) and `ListBullet`. */
export function aDocx(body: string, { title = '', lang = '', more = [] }: Told = {}): Buffer {
  const styles = [
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>',
    style('Heading1', 'heading 1'),
    style('Heading2', 'heading 2', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    style('Titre3', 'Own', '<w:basedOn w:val="Heading2"/>'),
    style('ListBullet', 'List Bullet', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
  ]
  return makeZip([
    {
      name: '_rels/.rels',
      content: `${xml}<Relationships ${packages}><Relationship Id="r1" Type="${relationships}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: 'word/document.xml', content: `${xml}<w:document ${word}><w:body>${body}</w:body></w:document>` },
    { name: 'word/styles.xml', content: `${xml}<w:styles ${word}>${styles.join('')}</w:styles>` },
    core(title, lang),
    ...more,
  ])
}

/** A paragraph of a Word document; runs may be given as they are written. */
export function docxParagraph(text: string, style = ''): string {
  const runs = text.startsWith('<') ? text : `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
  return `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${runs}</w:p>`
}

/** Slides, each the shapes on it, in another order than their files are named in. */
export function aPptx(slides: readonly string[], { title = '', lang = '' }: Told = {}): Buffer {
  const file = (at: number) => `slides/slide${slides.length - at}.xml`
  const ids = slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at}"/>`)
  const relations = slides.map(
    (_, at) => `<Relationship Id="rId${at}" Type="${relationships}/slide" Target="${file(at)}"/>`,
  )
  return makeZip([
    {
      name: 'ppt/presentation.xml',
      content: `${xml}<p:presentation ${drawing} xmlns:r="${relationships}"><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`,
    },
    {
      name: 'ppt/_rels/presentation.xml.rels',
      content: `${xml}<Relationships ${packages}>${relations.join('')}</Relationships>`,
    },
    ...slides.map((shapes, at) => ({
      name: `ppt/${file(at)}`,
      content: `${xml}<p:sld ${drawing}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
    })),
    core(title, lang),
  ])
}

/** A shape of a slide with a line for each text; `kind` is what its place on the slide is for. */
export function pptxShape(kind: string, ...texts: readonly string[]): string {
  const place = kind === '' ? '' : `<p:ph type="${kind}"/>`
  const lines = texts.map((text) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`)
  return `<p:sp><p:nvSpPr><p:nvPr>${place}</p:nvPr></p:nvSpPr><p:txBody>${lines.join('')}</p:txBody></p:sp>`
}

/** An OpenDocument text of this body; the style `Break` begins a page. */
export function anOdt(body: string, { title = '', lang = '', more = [] }: Told = {}): Buffer {
  const spaces = ['office', 'text', 'table', 'style', 'meta'].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  )
  const all = `${spaces.join(' ')} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`
  const breaks = '<style:style style:name="Break"><style:paragraph-properties fo:break-before="page"/></style:style>'
  return makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
    {
      name: 'content.xml',
      content: `${xml}<office:document-content ${all}><office:automatic-styles>${breaks}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    },
    {
      name: 'meta.xml',
      content: `${xml}<office:document-meta ${all}><office:meta><dc:title>${title}</dc:title><dc:language>${lang}</dc:language></office:meta></office:document-meta>`,
    },
    ...more,
  ])
}

/** A book of these chapters, each the inside of a body. */
export function anEpub(chapters: readonly string[], { title = '', lang = '', more = [] }: Told = {}): Buffer {
  const items = chapters.map(
    (_, at) => `<item id="c${at}" href="text/chapter%20${at}.xhtml" media-type="application/xhtml+xml"/>`,
  )
  const spine = chapters.map((_, at) => `<itemref idref="c${at}"/>`)
  return makeZip([
    { name: 'mimetype', content: 'application/epub+zip' },
    {
      name: 'META-INF/container.xml',
      content: `${xml}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    },
    {
      name: 'OEBPS/book.opf',
      content: `${xml}<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:language>${lang}</dc:language></metadata><manifest>${items.join('')}</manifest><spine>${spine.join('')}</spine></package>`,
    },
    ...chapters.map((chapter, at) => ({
      name: `OEBPS/text/chapter ${at}.xhtml`,
      content: `${xml}<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${chapter}</body></html>`,
    })),
    ...more,
  ])
}
