import type { Instant } from '#platform/time.ts'
import type { Translate } from '#platform/i18n/index.ts'
import type { Funding, Words } from './values.ts'

/** What every page is drawn with: the reader's language, the hub, the moment, and where the page stands. */
export interface PageContext {
  /** The language of the page, one of the hub's. */
  readonly lang: string
  readonly t: Translate
  readonly now: Instant
  readonly hub: HubIdentity
  /** Path of this page, language first: `/fr/seminars`. */
  readonly path: string
  readonly assets: PageAssets
  /** Who has signed in, as the frame of a page shows it; null: a visitor. */
  readonly visit: Visit | null
  /** Names of those who translated what the page shows and agreed to be named, in order. */
  readonly credits: readonly string[]
}

/** The hub's own words and languages, picked for this reader. */
interface HubIdentity {
  /** `https://hub.example`, without a slash at its end. */
  readonly origin: string
  readonly name: Words
  readonly tagline: Words | null
  /** Languages of the interface, in the order of the switch. */
  readonly languages: readonly string[]
  readonly timeZone: string
  readonly funding: readonly Funding[]
}

/** Somebody's visit: their name and which parts beyond the public pages are open to them. */
interface Visit {
  /** Whose it is: what a browser keeps for one is offered to nobody else. */
  readonly id: string
  readonly name: string
  readonly canUseDesk: boolean
  readonly canAdminister: boolean
  readonly canEditVocabularies: boolean
}

/** Addresses of the built files; scripts are null where none were built. Pages of the desk take both pairs. */
interface PageAssets {
  readonly css: string
  readonly js: string | null
  /** For what plays and shows a recording. */
  readonly recordingJs: string | null
  /** For the editing of a transcript. */
  readonly transcriptJs: string | null
  readonly deskCss: string
  readonly deskJs: string | null
}

/** Path of the same page in another language, its slug unchanged: `/fr/themes/gcm` → `/ar/themes/gcm`. */
export function inLanguage(path: string, lang: string): string {
  const rest = path.split('/').slice(2).join('/')
  return rest === '' ? `/${lang}` : `/${lang}/${rest}`
}

/** A path of the hub in the page's language: `to(context, 'seminars')` → `/fr/seminars`. */
export function to(context: PageContext, path: string): string {
  return path === '' ? `/${context.lang}` : `/${context.lang}/${path}`
}

/** What a record's page tells search engines: its paths per language, and the one in the true language of its title. */
export function pageAddresses(
  title: Words,
  alternates: Readonly<Record<string, string>>,
): { alternates: Readonly<Record<string, string>>; canonical?: string } {
  const canonical = alternates[title.lang]
  return canonical === undefined ? { alternates } : { alternates, canonical }
}
