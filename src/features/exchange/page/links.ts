import { fold } from './fold.ts'
import type { SectionKind } from './headings.ts'
import { say } from './messages.ts'
import type { Section } from './sections.ts'
import type { Left, Line, LineLink, LinkKind, ReadLink, Unsure } from './types.ts'
import { languageNames } from './words.ts'

export type ReadLinks = { links: ReadLink[]; left: Left[]; notes: Unsure[] }

const kindWords: readonly [LinkKind, RegExp][] = [
  [
    'recording',
    /\b(?:recordings?|enregistrements?|grabaci(?:on|ones)|grava(?:cao|coes)|videos?|watch|replay|revoir|mp4)\b|youtu\.?be|vimeo|تسجيل/,
  ],
  [
    'agenda',
    /\b(?:agendas?|programmes?|programs?|programas?|ordre du jour|orden del dia|ordem do dia|ordem de trabalhos)\b|جدول/,
  ],
  [
    'presentation',
    /\b(?:presentations?|presentaci(?:on|ones)|apresenta(?:cao|coes)|slides?|powerpoint|pptx?|diapositiv[aeo]s|diaporama)\b|العرض|العروض/,
  ],
  [
    'registration',
    /\b(?:registration|register|inscriptions?|s'inscrire|inscripci(?:on|ones)|inscribirse|inscri(?:cao|coes)|registo|registro|registrarse|sign up)\b|zoom\.us\/webinar|forms\.office/,
  ],
  [
    'publication',
    /\b(?:publications?|papers?|reports?|rapports?|informes?|relatorios?|documents? de connaissances|toolkit|handbook|manual|manuel|guide|brief|publicaci(?:on|ones)|publica(?:cao|coes)|studies|study|etude|estudio|estudo)\b/,
  ],
]
const kindOfSection: Partial<Record<SectionKind, LinkKind>> = {
  recordings: 'recording',
  agenda: 'agenda',
  presentation: 'presentation',
  registration: 'registration',
  publication: 'publication',
}

/** What "_" and "/" keep together is split, so that words of file names are found. */
const words = (text: string) => fold(text).replace(/[_/%20+=-]{1,5}/g, ' ')

function kindFromWords(text: string): LinkKind | null {
  const folded = words(text.slice(0, 500))
  return kindWords.find(([, pattern]) => pattern.test(folded))?.[0] ?? null
}

/** The language that a label or a file's name tells: “(EN)”, “en français”, `_FR.pdf`. */
function readLanguage(label: string, url: string | null): string | null {
  const folded = fold(label.slice(0, 300))
  const named = folded.split(/[^\p{L}]+/u).filter((word) => word.length > 3 && languageNames.has(word))
  const codes = [...folded.matchAll(/(?:[([|/-] ?|^)(en|fr|es|pt|ar|eng|fra|esp|por|ara)(?: ?[)\]|/]| ?$)/g)]
  const written = new Set(
    [...named, ...codes.map((match) => match[1] ?? '')].flatMap((word) => languageNames.get(word) ?? []),
  )
  const [only] = written
  if (written.size > 0) return written.size === 1 && only ? only : null
  const file = fold(url ?? '').slice(0, 2000)
  const suffix = /[_.-](en|fr|es|pt|ar|eng|fra|esp|por|ara)\.(?:pdf|docx?|pptx?|html?|mp4|xlsx?)(?:$|[?#])/.exec(
    file,
  )?.[1]
  return suffix ? (languageNames.get(suffix) ?? null) : null
}

/** Links of all sections and of the lines before them; in a section for links, lines without an address count too. */
export function readLinks(preamble: readonly Line[], sections: readonly Section[]): ReadLinks {
  const result: ReadLinks = { links: [], left: [], notes: [] }
  for (const line of preamble) readLine(line, null, result)
  for (const section of sections) {
    const single = kindOfSection[section.kinds[0] ?? 'other'] ?? null
    const several = section.kinds.length > 1 || single === null
    for (const line of section.lines) readLine(line, several ? null : single, result)
  }
  const seen = new Set<string>()
  result.links = result.links.filter((link) => {
    const key = JSON.stringify([link.label, link.url, link.lang, link.kind])
    return !seen.has(key) && seen.add(key)
  })
  return result
}

function readLine(line: Line, section: LinkKind | null, result: ReadLinks): void {
  const [single] = line.links.length === 1 ? line.links : []
  for (const link of line.links) {
    const url = readAddress(link, line, result)
    if (url === null) continue
    const short = line.text.length < 160
    const kind =
      kindFromWords(link.label) ??
      section ??
      (short ? kindFromWords(line.text) : null) ??
      kindFromWords(link.url) ??
      'other'
    const lang =
      shortCode(link.hreflang) ??
      readLanguage(link.label, link.url) ??
      (single && short ? readLanguage(line.text, null) : null)
    result.links.push({ label: link.label, url, lang, kind, line: line.number })
  }
}

const shortCode = (tag: string | null): string | null =>
  /^[a-z]{2,3}(?=-|$)/i.exec(tag ?? '')?.[0].toLowerCase() ?? null

function readAddress(link: LineLink, line: Line, result: ReadLinks): string | null {
  const { url } = link
  if (url.startsWith('#') || /^mailto:/i.test(url)) return null
  if (/^https?:\/\//i.test(url)) return URL.canParse(url) ? url : unsafe(link, line, result)
  if (/^[a-z][a-z0-9+.-]{0,30}:/i.test(url.replace(/[\s\p{Cc}]/gu, '')) || url.startsWith('//'))
    return unsafe(link, line, result)
  result.notes.push(say.relativeLink(link.label, line.number))
  return url
}

function unsafe(link: LineLink, line: Line, result: ReadLinks): null {
  result.notes.push(say.unsafeLink(link.label, line.number))
  return null
}

/** A line of a link section that names something to fetch without saying where; null when it is only words. */
export function readBareLabel(line: Line, kinds: readonly SectionKind[]): ReadLink | null {
  if (line.text.length > 120 || line.links.length > 0) return null
  const [first] = kinds
  const section = kinds.length === 1 && first ? (kindOfSection[first] ?? null) : null
  const own = kindFromWords(line.text)
  const lang = readLanguage(line.text, null)
  const kind = own ?? (lang === null ? null : section)
  return kind && !/[.!?]$/.test(line.text) ? { label: line.text, url: null, lang, kind, line: line.number } : null
}
