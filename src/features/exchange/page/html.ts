import { type Token, Tokenizer, type TokenHandler, TokenizerMode } from 'parse5'
import { isFurnitureElement, type Attributes } from './furniture.ts'
import { LineWriter } from './line-writer.ts'
import type { LinesOfPage } from './types.ts'

const blocks = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
const dropped = new Set(
  'script style noscript template svg math select button form object canvas audio textarea head map'.split(' '),
)
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const rawText = new Set(['style', 'noscript', 'xmp', 'noembed', 'noframes', 'iframe'])
const videoHosts =
  /^https?:\/\/(?:[a-z0-9-]{1,40}\.){0,3}(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com)\//i

/**
 * Lines of an HTML page. It goes through tags one by one (HTML Living Standard, §13.2.5, by parse5) and builds no
 * tree, so that the work grows with the length of the page and not with its depth.
 */
export function readHtml(html: string): LinesOfPage {
  const reader = new HtmlReader()
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, reader)
  reader.switchTo = (mode) => {
    tokenizer.state = mode
  }
  tokenizer.write(html, true)
  return reader.finish()
}

const readAttributes = (token: Token.TagToken): Attributes =>
  new Map(token.attrs.map((attribute): [string, string] => [attribute.name, attribute.value.slice(0, 4000)]))

class HtmlReader implements TokenHandler {
  switchTo: (mode: Tokenizer['state']) => void = () => undefined
  private readonly writer = new LineWriter()
  private readonly titles: string[] = []
  private title: string | null = null
  private lang: string | null = null
  private furniture = 0
  private base: string | null = null
  /** The element being left out, and how many of its name are open. */
  private skip: { name: string; depth: number } | null = null
  private contents = 0

  onComment = () => undefined
  onDoctype = () => undefined
  onEof = () => undefined
  onNullCharacter = () => undefined
  onWhitespaceCharacter = (token: Token.CharacterToken) => this.onCharacter(token)

  onCharacter = (token: Token.CharacterToken) => {
    if (this.title !== null) this.title += token.chars
    else if (!this.skip) this.writer.write(token.chars, token.location?.startLine ?? 1)
  }

  onStartTag = (token: Token.TagToken) => {
    const name = token.tagName
    this.chooseMode(name)
    if (this.skip && this.skip.name !== 'head') {
      if (name === this.skip.name && !voids.has(name)) this.skip.depth++
      return
    }
    const attributes = readAttributes(token)
    if (this.readHead(name, attributes)) return
    if (this.skip) {
      if (name !== 'body' && !blocks.has(name)) return
      this.skip = null
    }
    this.enter(name, attributes, token.location?.startLine ?? 1)
  }

  private chooseMode(name: string): void {
    if (name === 'title' || name === 'textarea') this.switchTo(TokenizerMode.RCDATA)
    else if (name === 'script') this.switchTo(TokenizerMode.SCRIPT_DATA)
    else if (rawText.has(name)) this.switchTo(TokenizerMode.RAWTEXT)
  }

  private readHead(name: string, attributes: Attributes): boolean {
    if (name === 'html') this.lang ??= attributes.get('lang') ?? attributes.get('xml:lang') ?? null
    else if (name === 'title') this.title = ''
    else if (name === 'base') this.base ??= attributes.get('href') ?? null
    else if (name === 'link' && attributes.get('rel') === 'canonical') this.base ??= attributes.get('href') ?? null
    else if (name === 'meta' && attributes.get('property') === 'og:title')
      this.titles.push(attributes.get('content') ?? '')
    else return false
    return true
  }

  private enter(name: string, attributes: Attributes, line: number): void {
    if (name === 'iframe') this.enterFrame(attributes, line)
    const furniture = isFurnitureElement(name, attributes, this.contents > 0)
    if (furniture) this.furniture++
    if ((furniture || dropped.has(name) || name === 'iframe') && !voids.has(name)) {
      this.writer.space()
      this.skip = { name, depth: 1 }
      return
    }
    if (name === 'main' || name === 'article') this.contents++
    if (name === 'br') this.writer.breakLine()
    else if (name === 'a')
      this.writer.openLink(this.resolve(attributes.get('href') ?? ''), attributes.get('hreflang') ?? null)
    else if (name === 'b' || name === 'strong') this.writer.openBold()
    else if (name === 'ol' || name === 'ul') this.writer.openList(name === 'ol', Number(attributes.get('start') ?? 1))
    else if (name === 'li') this.writer.openItem(Number(attributes.get('value') ?? Number.NaN))
    else if (blocks.has(name)) this.writer.openBlock(/^h[1-6]$/.test(name) ? Number(name.charAt(1)) : 0)
    else if (name === 'img') this.writer.space()
  }

  private enterFrame(attributes: Attributes, line: number): void {
    const url = attributes.get('src') ?? ''
    if (videoHosts.test(url)) this.writer.addLink(attributes.get('title') ?? url, url, line)
  }

  /** A relative address is completed by the page's base or canonical address, when it names one. */
  private resolve(href: string): string {
    const url = href.trim()
    if (this.base === null || url === '' || url.startsWith('#')) return url
    return URL.canParse(url, this.base) ? new URL(url, this.base).href : url
  }

  onEndTag = (token: Token.TagToken) => {
    const name = token.tagName
    if (name === 'title' && this.title !== null) {
      this.titles.push(this.title)
      this.title = null
      return
    }
    if (this.skip) {
      if (name === this.skip.name && --this.skip.depth === 0) this.skip = null
      return
    }
    if (name === 'main' || name === 'article') this.contents = Math.max(0, this.contents - 1)
    if (name === 'a') this.writer.closeLink()
    else if (name === 'b' || name === 'strong') this.writer.closeBold()
    else if (name === 'ol' || name === 'ul') this.writer.closeList()
    else if (name === 'li') this.writer.closeItem()
    else if (blocks.has(name)) this.writer.openBlock(0)
  }

  finish(): LinesOfPage {
    if (this.title !== null) this.titles.push(this.title.slice(0, 300))
    return { lines: this.writer.finish(), titles: this.titles, lang: this.lang, furniture: this.furniture }
  }
}
