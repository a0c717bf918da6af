import type { Translate } from '#platform/i18n/index.ts'

/** What a producer must know beside the seminar: where the hub stands, what it is called, and the reader's language and words. */
export interface MachineContext {
  /** Scheme, host and port, without a path: `https://hub.example`. */
  readonly origin: string
  readonly hubName: string
  readonly lang: string
  readonly t: Translate
}

/** The whole address of a path of this hub. A whole address stays as it is. */
export function absolute(origin: string, href: string): string {
  return new URL(href, origin).href
}
