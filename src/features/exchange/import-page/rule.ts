import type { PageRead } from '../page/index.ts'

type ReadSession = PageRead['sessions'][number]

/** The rule is called by the name of the house in every language; Arabic writes it in its own letters. */
const saysRule = (text: string | null) => text !== null && /chatham\s+house|ت?شاتام\s+هاوس/i.test(text)

const saysOf = ({ title, abstract }: ReadSession) => saysRule(title) || saysRule(abstract)

/** Whether a page speaks of the Chatham House Rule and does not say for which session: then it is kept for all of them. */
export function isRuleForAll({ seminar, sessions, left }: Pick<PageRead, 'seminar' | 'sessions' | 'left'>): boolean {
  const { title, objectives, format, audiences, background } = seminar
  const around = [title, objectives, format, audiences, background, ...left.map(({ text }) => text)]
  return !sessions.some(saysOf) && around.some(saysRule)
}

/** Whether a session of a page is held under the Chatham House Rule, as far as the page tells. */
export function isUnderRule(page: PageRead, session: ReadSession): boolean {
  return saysOf(session) || isRuleForAll(page)
}
