import { PageWriter, tidyText } from './pages.ts'

/** Takes the pieces of a text that flows, in order, and puts them on pages. Items that follow each other are one list. */
export class Flow {
  private items: string[] = []
  private readonly writer: PageWriter

  constructor(writer: PageWriter) {
    this.writer = writer
  }

  heading(depth: number, text: string): void {
    this.endList()
    this.writer.flow({ kind: 'heading', level: depth <= 1 ? 1 : depth === 2 ? 2 : 3, text })
  }

  paragraph(text: string): void {
    if (tidyText(text) === '') return
    this.endList()
    this.writer.flow({ kind: 'paragraph', text })
  }

  item(text: string): void {
    if (tidyText(text) !== '') this.items.push(text)
    // A list as long as a book is several.
    if (this.items.length >= 200) this.endList()
  }

  /** Rows in pieces: a table may be longer than any page. */
  table(rows: readonly (readonly string[])[]): void {
    this.endList()
    for (let at = 0; at < rows.length; at += 200) this.writer.flow({ kind: 'table', rows: rows.slice(at, at + 200) })
  }

  endList(): void {
    if (this.items.length > 0) this.writer.flow({ kind: 'list', items: this.items })
    this.items = []
  }

  breakPage(): void {
    this.endList()
    this.writer.breakPage()
  }

  /** Ends a page that counts even when it is empty: a slide. */
  endPage(): void {
    this.endList()
    this.writer.endPage(null)
  }
}
