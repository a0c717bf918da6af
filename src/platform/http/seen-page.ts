/** A page that was given to somebody, from memory or not, for whoever counts pages. Nothing of it is kept here. */
export interface SeenPage {
  /** Path and query. */
  readonly target: string
  /** What the page noted of itself. */
  readonly note: string | undefined
  /** Nobody has signed in. */
  readonly isAnonymous: boolean
  readonly header: (name: string) => string | undefined
}

const robot = /bot\b|crawl|spider|slurp|archiver|curl|wget|python|java\/|go-http|headless|monitor|preview/i

/** Whether a person seems to have asked for a page, to read it: no robot, and no browser that fetches ahead or for a script. */
export function isByReader({ header }: SeenPage): boolean {
  const ahead = `${header('sec-purpose') ?? ''} ${header('purpose') ?? ''} ${header('x-moz') ?? ''}`
  if (/prefetch|preview/i.test(ahead)) return false
  if (!['document', undefined].includes(header('sec-fetch-dest'))) return false
  return !robot.test(header('user-agent') ?? '')
}
