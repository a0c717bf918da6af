import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Looking {
  /** Rules to leave out. */
  readonly without?: readonly string[]
}

/** What axe finds on a page as it is: each rule that is broken, with the first element that breaks it. */
export async function findViolations(page: Page, { without = [] }: Looking = {}): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source)
  const options = {
    // Listing what is right takes longer than finding what is wrong.
    resultTypes: ['violations'],
    // No rule above asks for the text of style sheets, which axe would read again for each page.
    preload: { assets: ['media'] },
    runOnly: { type: 'tag', values: tags },
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
  }
  const found = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + (nodes[0]?.html ?? '')))`,
  )
  return z.array(z.string()).parse(found)
}
