import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Looks for violations alone: listing what is right takes longer than finding what is wrong. */
export function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(tags)
}

/** What axe finds on a page as it is, each with the first element it is found on. `rules`: these alone. */
export async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const axe = rules ? new AxeBuilder({ page }).setLegacyMode().withRules([...rules]) : axeOn(page)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)
}
