import { to, type PageContext } from '#ui/index.ts'

/** What the table was asked for, as it stands in the address. */
export interface AskedFor {
  readonly kind: string
  readonly series: string
  readonly lang: string
  readonly need: string
  readonly age: string
  readonly q: string
  readonly sort: string
}

/** The address of the table, narrowed as asked and further. */
export function deskHref(
  context: PageContext,
  asked: Partial<AskedFor>,
  more: Partial<AskedFor> & { page?: number } = {},
): string {
  const { page = 1, ...rest } = { ...asked, ...more }
  const entries = Object.entries(rest).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const query = new URLSearchParams([...entries, ...(page > 1 ? [['page', String(page)]] : [])])
  return to(context, query.size === 0 ? 'desk/translation' : `desk/translation?${query}`)
}
