import { remember } from '#platform/i18n/index.ts'
import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import { cleanText } from './clean.ts'

/** HTML that may be set as it is; only this folder makes it. */
export interface TrustedHtml {
  readonly __html: string
}

const markdown = new MarkdownIt('default', { html: false, linkify: false, breaks: false })
const longest = 200_000

const allowedTags =
  'h2 h3 h4 h5 h6 p ul ol li blockquote pre code hr br strong em s a img table thead tbody tr th td'.split(' ')

const allowed: sanitizeHtml.IOptions = {
  allowedTags,
  allowedAttributes: { a: ['href', 'rel'], img: ['src', 'alt'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  exclusiveFilter: (frame) => frame.tag === 'img' && !isOwnFile(frame.attribs['src'] ?? ''),
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: isExternal(attribs['href'] ?? '') ? { ...attribs, rel: 'noopener' } : attribs,
    }),
  },
}

/** Markdown as HTML by an allow-list: no raw HTML, no pictures from elsewhere. Its highest heading becomes `below` + 1, and none skips a level. */
export function renderMarkdown(source: string, below = 2): TrustedHtml {
  return rendered(`${below} ${source}`)
}

const rendered = remember((key) => {
  const space = key.indexOf(' ')
  return render(key.slice(space + 1), Number(key.slice(0, space)))
})

function render(source: string, below: number): TrustedHtml {
  const tokens = markdown.parse(cleanText(source.slice(0, longest)), {})
  demoteHeadings(tokens, below)
  return { __html: sanitizeHtml(markdown.renderer.render(tokens, markdown.options, {}), allowed).trim() }
}

type Token = ReturnType<typeof markdown.parse>[number]

function demoteHeadings(tokens: readonly Token[], below: number): void {
  const levels = tokens.filter((token) => token.type === 'heading_open').map((token) => Number(token.tag.slice(1)))
  const highest = Math.min(...levels)
  let previous = below
  for (const token of tokens) {
    if (token.type === 'heading_open')
      previous = Math.min(Number(token.tag.slice(1)) - highest + below + 1, previous + 1, 6)
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${previous}`
  }
}

function isExternal(href: string): boolean {
  return /^https?:/i.test(href)
}

function isOwnFile(src: string): boolean {
  return src.startsWith('/files/')
}

/** The words of a Markdown text on one line, at most `max` characters, cut between words with an ellipsis. For summaries and descriptions. */
export function plainText(source: string, max = 300): string {
  const tokens = markdown.parse(cleanText(source.slice(0, longest)), {})
  const words = tokens.flatMap((token) =>
    token.type === 'inline' ? [inlineText(token)] : token.type === 'fence' ? [token.content] : [],
  )
  return shorten(words.join(' ').replace(/\s+/g, ' ').trim(), max)
}

function inlineText(token: Token): string {
  const parts = token.children ?? []
  return parts.map((part) => (part.type === 'softbreak' || part.type === 'hardbreak' ? ' ' : part.content)).join('')
}

/** A text of at most `max` characters, cut between words and then ended with “…”. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  // Half of a surrogate pair is not a character.
  const cut = text.slice(0, Math.max(0, max - 1)).replace(/[\uD800-\uDBFF]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:،؛–—-]+$/, '')}…`
}
