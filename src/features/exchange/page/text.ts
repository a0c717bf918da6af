import { fold, tidy } from './fold.ts'
import { MAX_LINES, MAX_LOOK } from './token.ts'
import type { Line, LineLink, LinesOfPage } from './types.ts'

/** Lines of a page saved as text; `- `, `1.` and `#` at their head are read as Markdown reads them. */
export function readText(text: string): LinesOfPage {
  const lines: Line[] = []
  let gap = true
  for (const [index, raw] of text.split('\n').entries()) {
    if (lines.length > MAX_LINES) break
    const tidied = tidy(raw)
    if (tidied === '' || /^[-=_*~]{3,}$/.test(tidied)) {
      gap = true
      continue
    }
    lines.push(makeLine(raw, tidied, index + 1, gap))
    gap = false
  }
  return { lines, titles: [], lang: null, furniture: 0 }
}

function makeLine(raw: string, tidied: string, number: number, gap: boolean): Line {
  const heading = /^(#{1,6})\s(?=\S)/.exec(tidied)
  const numbered = /^\(?(\d{1,3})[.)]\s(?=\S)/.exec(tidied)
  const bullet = numbered ? null : /^[-*•·–◦▪]\s(?=\S)/.exec(tidied)
  const head = heading ?? numbered ?? bullet
  const words = stripBold(head ? tidied.slice(head[0].length) : tidied)
  return {
    number,
    text: words,
    markdown: words,
    folded: fold(words),
    indent: countIndent(raw),
    gap,
    level: heading?.[1]?.length ?? 0,
    marker: numbered ? { number: Number(numbered[1]) } : bullet ? { number: null } : null,
    lead: 0,
    links: listLinks(words),
  }
}

/** A whole line in bold (`**Background**`) is the line. */
function stripBold(words: string): string {
  const bold = words.length > 4 && words.length < 200 && words.startsWith('**') && words.endsWith('**')
  return bold && !words.slice(2, -2).includes('**') ? words.slice(2, -2).trim() : words
}

function countIndent(raw: string): number {
  let indent = 0
  for (let index = 0; index < raw.length && index < 200; index++) {
    const character = raw.charAt(index)
    if (character === '\t') indent += 4
    else if (character === ' ' || character === '\u00a0') indent++
    else if (character !== '\ufeff') break
  }
  return indent
}

/** `[label](address)`, `label: address`, `label (address)` and bare addresses. */
function listLinks(words: string): LineLink[] {
  if (!words.includes('://')) return []
  const links: LineLink[] = []
  let from = 0
  for (const match of words.slice(0, MAX_LOOK).matchAll(/https?:\/\/[^\s<>"»]{1,2000}/gi)) {
    const before = words.slice(Math.max(from, match.index - 300), match.index)
    const named = /\[([^\][]{1,200})\]\(<?$/.exec(before)?.[1]
    const url = named === undefined ? trimAddress(match[0]) : (match[0].split(')')[0] ?? match[0])
    const label = named ?? tidy(before.replace(/[:([<\s|,;–-]{1,10}$/, '').replace(/^[)\]>\s|,;.–-]{1,10}/, ''))
    links.push({ label: label === '' ? url : label, url, hreflang: null })
    from = match.index + url.length
  }
  return links
}

/** A full stop, comma or bracket after an address belongs to the sentence. */
function trimAddress(url: string): string {
  let end = url.length
  while (end > 0 && '.,;:!?)]'.includes(url.charAt(end - 1))) {
    if (url.charAt(end - 1) === ')' && url.slice(0, end).includes('(')) break
    end--
  }
  return url.slice(0, end)
}
