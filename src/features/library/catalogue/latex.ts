/** Accents as LaTeX writes them, to the combining characters of Unicode. */
const accents: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030A',
  H: '\u030B',
  v: '\u030C',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
}

const symbols: Readonly<Record<string, string>> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
  dj: 'đ',
  DJ: 'Đ',
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  guillemotleft: '«',
  guillemotright: '»',
  textbackslash: '\\',
  textbraceleft: '{',
  textbraceright: '}',
  textasciitilde: '~',
  textasciicircum: '^',
  textexclamdown: '¡',
  textquestiondown: '¿',
  textdegree: '°',
  texteuro: '€',
  euro: '€',
  pounds: '£',
  copyright: '©',
  dots: '…',
  ldots: '…',
  newline: '\n',
  par: '\n\n',
  S: '§',
  P: '¶',
}

const ligatures: readonly (readonly [string, string])[] = [
  ['---', '—'],
  ['--', '–'],
  ['``', '“'],
  ["''", '”'],
  ['?`', '¿'],
  ['!`', '¡'],
]

/** A value as people read it: accents and signs of LaTeX resolved, braces gone, white space as one space. */
export function readLatex(value: string): string {
  const text = value.replaceAll(/\s+/g, ' ')
  let out = ''
  let at = 0
  while (at < text.length) {
    const [piece, next] = readPiece(text, at)
    out += piece
    at = next
  }
  return out.normalize('NFC')
}

function readPiece(text: string, at: number): [piece: string, next: number] {
  const char = text[at] ?? ''
  if (char === '\\') return readCommand(text, at)
  if (char === '{' || char === '}' || char === '$') return ['', at + 1]
  if (char === '~') return ['\u00A0', at + 1]
  const ligature = ligatures.find(([written]) => text.startsWith(written, at))
  if (ligature) return [ligature[1], at + ligature[0].length]
  return [char, at + 1]
}

const command = /\\(?:([a-zA-Z]+)[ ]?|([^a-zA-Z]))/uy

function readCommand(text: string, at: number): [string, number] {
  command.lastIndex = at
  const found = command.exec(text)
  if (!found) return ['', at + 1]
  const [whole, word, sign] = found
  const next = at + whole.length
  const name = word ?? sign ?? ''
  if (isAccent(name, word, text, next)) return readAccent(name, text, next)
  if (word !== undefined && Object.hasOwn(symbols, word)) {
    // What a break is followed by belongs to the file, not to the text.
    const after = word === 'newline' || word === 'par' ? skip(text, next, /(?:\{\})?[ ]*/y) : next
    return [symbols[word] ?? '', after]
  }
  if (sign !== undefined) return [sign, next]
  return ['', next]
}

/** An accent that is a letter needs something to stand on: `\c{c}`, not the start of a longer word. */
function isAccent(name: string, word: string | undefined, text: string, next: number): boolean {
  if (!Object.hasOwn(accents, name)) return false
  return word === undefined ? /[\p{L}{\\]/u.test(text[next] ?? '') : true
}

function readAccent(name: string, text: string, at: number): [string, number] {
  const under = /\{?\\?([\p{L}])\}?/uy
  under.lastIndex = at
  const found = under.exec(text)
  if (!found) return ['', at]
  const letter = found[0].includes('\\') && (found[1] === 'i' || found[1] === 'j') ? found[1] : (found[1] ?? '')
  return [letter + (accents[name] ?? ''), at + found[0].length]
}

function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '\u00A0': '~',
  '\n': '\\newline{} ',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
}

/** A text as LaTeX reads it back; letters stay as they are, in UTF-8. */
export function writeLatex(text: string): string {
  return text
    .replaceAll(/[\\{}~^\u00A0\n$&%#_]/g, (char) => special[char] ?? char)
    .replaceAll(/([-'`])(?=\1)|[?!](?=`)/g, '$&{}')
    .replaceAll(/ (?= )/g, ' {}')
}
