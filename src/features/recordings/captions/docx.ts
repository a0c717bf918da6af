import { zipSync } from 'fflate'
import type { Cue } from './cue.ts'
import { paperTranscript, type PaperPart, type PaperTranscript, type TranscriptPaper } from './paper.ts'

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * A transcript as a Word document (Office Open XML, ECMA-376): a title, headings for chapters, and a paragraph for each turn with its time and speaker.
 * Right-to-left languages run so. The same cues give the same bytes.
 */
export function writeDocx(cues: readonly Cue[], paper: TranscriptPaper): Uint8Array {
  const document = paperTranscript(cues, paper)
  const files = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships([
      ['officeDocument', relations, 'word/document.xml'],
      ['metadata/core-properties', `${packages}/relationships`, 'docProps/core.xml'],
    ]),
    'word/_rels/document.xml.rels': relationships([['styles', relations, 'styles.xml']]),
    'word/document.xml': documentXml(document),
    'word/styles.xml': stylesXml(document),
    'docProps/core.xml': coreXml(document),
  }
  const encoder = new TextEncoder()
  const entries = Object.entries(files).map(([name, text]) => [name, encoder.encode(text)])
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(1980, 0, 1, 12) })
}

const contentTypes = `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${types}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

function relationships(list: readonly (readonly [type: string, base: string, target: string])[]): string {
  const written = list.map(
    ([type, base, target], at) => `<Relationship Id="rId${at + 1}" Type="${base}/${type}" Target="${target}"/>`,
  )
  return `${xml}<Relationships xmlns="${packages}/relationships">${written.join('')}</Relationships>`
}

function coreXml({ title, lang }: PaperTranscript): string {
  return `${xml}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(title)}</dc:title><dc:language>${escape(lang)}</dc:language></cp:coreProperties>`
}

function documentXml({ title, under, parts, dir }: PaperTranscript): string {
  const isRtl = dir === 'rtl'
  const paragraph = (style: string, runs: string) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/>${isRtl ? '<w:bidi/>' : ''}</w:pPr>${runs}</w:p>`
  const run = (text: string, properties = '') =>
    `<w:r><w:rPr>${properties}${isRtl ? '<w:rtl/>' : ''}</w:rPr><w:t xml:space="preserve">${escape(text)}</w:t></w:r>`
  const written = (part: PaperPart): string => {
    if (part.kind === 'chapter') return paragraph('Heading1', run(part.title))
    if (part.kind === 'empty') return paragraph('Normal', run(part.text))
    const speaker = part.speaker === null ? '' : run(` ${part.speaker}`, '<w:b/><w:bCs/>')
    const head = `${run(part.time, '<w:rStyle w:val="Time"/>')}${speaker}<w:r><w:br/></w:r>`
    return paragraph('Normal', `${head}${run(part.text)}`)
  }
  const body = [
    paragraph('Title', run(title)),
    ...under.map((line) => paragraph('Subtitle', run(line))),
    ...parts.map(written),
  ].join('')
  const section = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304" w:header="709" w:footer="709" w:gutter="0"/>${isRtl ? '<w:bidi/>' : ''}</w:sectPr>`
  return `${xml}<w:document xmlns:w="${word}"><w:body>${body}${section}</w:body></w:document>`
}

const size = (halves: number) => `<w:sz w:val="${halves}"/><w:szCs w:val="${halves}"/>`

const style = (id: string, name: string, paragraph: string, run: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}><w:name w:val="${name}"/>${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'}${more}<w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`

/** A tag as Word takes it: where it belongs depends on the script that the run is set in. */
function stylesXml({ lang, dir }: PaperTranscript): string {
  const tag = escape(lang)
  const language = dir === 'rtl' ? `<w:lang w:bidi="${tag}"/>` : `<w:lang w:val="${tag}" w:eastAsia="${tag}"/>`
  return `${xml}<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr>${size(22)}${language}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${style('Normal', 'Normal', '', '')}${style('Title', 'Title', '<w:spacing w:after="120"/>', `<w:b/><w:bCs/>${size(36)}`)}${style('Subtitle', 'Subtitle', '<w:spacing w:after="60"/>', '<w:color w:val="4A4F55"/>')}${style('Heading1', 'heading 1', '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>', `<w:b/><w:bCs/>${size(28)}`, '<w:qFormat/>')}<w:style w:type="character" w:styleId="Time"><w:name w:val="Time"/><w:rPr><w:color w:val="4A4F55"/>${size(18)}</w:rPr></w:style></w:styles>`
}
