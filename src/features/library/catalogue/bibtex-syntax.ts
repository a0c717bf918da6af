/** A value of a field as it stands in the file, and the line it begins at. */
export interface BibField {
  readonly name: string
  readonly value: string
  readonly line: number
}

export interface BibEntry {
  readonly type: string
  readonly key: string
  readonly line: number
  readonly fields: readonly BibField[]
}

/** An entry that is not well-formed: it is left out, and reading goes on at the next one. */
export interface BibFault {
  readonly line: number
  readonly key: string | null
  readonly at: string
}

const months: readonly (readonly [string, string])[] = [
  ['jan', '1'],
  ['feb', '2'],
  ['mar', '3'],
  ['apr', '4'],
  ['may', '5'],
  ['jun', '6'],
  ['jul', '7'],
  ['aug', '8'],
  ['sep', '9'],
  ['oct', '10'],
  ['nov', '11'],
  ['dec', '12'],
]

class Broken extends Error {
  override name = 'Broken'
}

/** Reads the entries of a BibTeX file; `@string` is put in its place, comments and preambles are left. */
export function readBibtexSyntax(text: string): { entries: BibEntry[]; faults: BibFault[] } {
  return new Reader(text).read()
}

class Reader {
  private at = 0
  private line = 1
  private counted = 0
  private readonly strings = new Map(months)
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  read(): { entries: BibEntry[]; faults: BibFault[] } {
    const entries: BibEntry[] = []
    const faults: BibFault[] = []
    for (let start = this.text.indexOf('@'); start >= 0; start = this.text.indexOf('@', this.at)) {
      this.at = start
      const line = this.here()
      const key = /^@\w+\s*[{(]\s*([^\s,{}()=]{1,200})/.exec(this.text.slice(start, start + 300))?.[1] ?? null
      try {
        const entry = this.readEntry(line)
        if (entry) entries.push(entry)
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        faults.push({ line, key, at: this.text.slice(this.at, this.at + 40).split('\n', 1)[0] ?? '' })
        this.at = this.nextEntry(start)
      }
    }
    return { entries, faults }
  }

  /** Where the next entry seems to begin: an `@` that is the first sign of a line. */
  private nextEntry(from: number): number {
    const next = /\n[ \t]*@/g
    next.lastIndex = from
    const found = next.exec(this.text)
    return found ? found.index + 1 : this.text.length
  }

  private here(): number {
    for (
      let end = this.text.indexOf('\n', this.counted);
      end >= 0 && end < this.at;
      end = this.text.indexOf('\n', end + 1)
    ) {
      this.line += 1
      this.counted = end + 1
    }
    return this.line
  }

  private readEntry(line: number): BibEntry | null {
    const type = this.take(/@\s*([A-Za-z]+)\s*/y)?.[1]?.toLowerCase()
    if (type === undefined) {
      // An `@` in what stands between entries.
      this.at += 1
      return null
    }
    const open = this.take(/[{(]/y)?.[0]
    if (type === 'comment' || type === 'preamble') {
      if (open !== undefined) this.readBraced(open)
      return null
    }
    if (open === undefined) return null
    const close = open === '{' ? '}' : ')'
    if (type === 'string') {
      for (const { name, value } of this.readFields(close)) this.strings.set(name, value)
      return null
    }
    const key = this.take(/\s*([^\s,{}()=]*)\s*/y)?.[1] ?? ''
    const comma = this.take(/,/y)
    if (!comma && this.text[this.at] !== close) throw new Broken()
    return { type, key, line, fields: this.readFields(close) }
  }

  private readFields(close: string): BibField[] {
    const fields: BibField[] = []
    for (;;) {
      this.take(/[\s,]*/y)
      if (this.text[this.at] === close) {
        this.at += 1
        return fields
      }
      const line = this.here()
      const name = this.take(/([^\s,{}()="#%']+)\s*=\s*/y)?.[1]
      if (name === undefined) throw new Broken()
      fields.push({ name: name.toLowerCase(), value: this.readValue(), line })
      this.take(/\s*/y)
      const next = this.text[this.at]
      if (next !== ',' && next !== close) throw new Broken()
    }
  }

  private readValue(): string {
    const parts = [this.readPart()]
    while (this.take(/\s*#\s*/y)) parts.push(this.readPart())
    return parts.join('')
  }

  private readPart(): string {
    const char = this.text[this.at]
    if (char === '{') {
      this.at += 1
      return this.readBraced('{')
    }
    if (char === '"') {
      this.at += 1
      return this.readQuoted()
    }
    const bare = this.take(/[^\s,{}()="#]+/y)?.[0]
    if (bare === undefined) throw new Broken()
    if (/^\d+$/.test(bare)) return bare
    return this.strings.get(bare.toLowerCase()) ?? bare
  }

  /** Up to the brace that closes; those inside stay. */
  private readBraced(open: string): string {
    return this.readUntil(open === '{' ? '}' : ')')
  }

  private readQuoted(): string {
    return this.readUntil('"')
  }

  private readUntil(end: string): string {
    const start = this.at
    let depth = 0
    for (let at = start; at < this.text.length; at += 1) {
      const char = this.text[at]
      if (char === '\\') at += 1
      else if (char === end && depth === 0) {
        this.at = at + 1
        return this.text.slice(start, at)
      } else if (char === '{') depth += 1
      else if (char === '}') {
        depth -= 1
        if (depth < 0) throw new Broken()
      }
    }
    throw new Broken()
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at = pattern.lastIndex
    return found
  }
}
