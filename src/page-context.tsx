import { bareIntroduction, type Introduction } from '#features/hub/index.ts'
import { canEditVocabularies } from '#features/admin/index.ts'
import { canAdminister, canUseDesk, readCreditedNames, type AccountDb, type Actor } from '#features/accounts/index.ts'
import type { PageVariables, Reader } from '#features/records/index.ts'
import type { Assets, DrawErrorPage, Languages } from '#platform/http/index.ts'
import { readerChain, type Catalogues } from '#platform/i18n/index.ts'
import type { Instant } from '#platform/time.ts'
import { ErrorPage, renderPage, type PageContext } from '#ui/index.ts'

/** What every page of one hub has in common. */
export interface Look {
  readonly catalogues: Catalogues
  readonly languages: Languages
  readonly origin: string
  readonly zone: string
  readonly assets: Assets
  readonly now: () => Instant
  readonly introduce: (reader: Reader) => Promise<Introduction>
}

/** Makes the context that a page is drawn with, for a reader and whoever has signed in. */
export type Contexts = (reader: Reader, path: string, actor?: Actor | null) => Promise<PageContext>

/** Makes the contexts of one hub's pages. */
export function createContexts(look: Look): Contexts {
  return async (reader, path, actor = null) => ({
    ...contextFor(look, reader.lang, path, await look.introduce(reader)),
    visit: actor && {
      id: actor.id,
      name: actor.name,
      canUseDesk: canUseDesk(actor),
      canAdminister: canAdminister(actor),
      canEditVocabularies: canEditVocabularies(actor),
    },
  })
}

/** Adds to a page the names of those of these accounts that agreed to be named; a question only where anybody translated. */
export function createCredit(accounts: AccountDb, page: PageContext): PageVariables['credit'] {
  return async (translators) => {
    if (translators.length === 0) return page
    const names = await readCreditedNames(accounts, translators)
    return { ...page, credits: [...new Set(names)].toSorted(new Intl.Collator(page.lang).compare) }
  }
}

function contextFor(look: Look, lang: string, path: string, { name, tagline, funding }: Introduction): PageContext {
  const { catalogues, languages, origin, zone, assets, now } = look
  return {
    lang,
    t: catalogues.translator(lang),
    now: now(),
    hub: { origin, name, tagline, languages, timeZone: zone, funding },
    path,
    assets: {
      css: assets.href('hub.css'),
      js: assets.find('hub.js') ?? null,
      recordingJs: assets.find('recording.js') ?? null,
      transcriptJs: assets.find('transcript-editor.js') ?? null,
      deskCss: assets.href('desk.css'),
      deskJs: assets.find('desk.js') ?? null,
    },
    visit: null,
    credits: [],
  }
}

/** Draws error pages in the reader's language; when the hub cannot even say its name, without it. */
export function createErrorDrawer(look: Look): DrawErrorPage {
  return async ({ status, lang, requestId, path }) => {
    const reader: Reader = { lang, chain: readerChain(lang, null, look.languages), audience: ['public'] }
    const introduction = await look.introduce(reader).catch(() => bareIntroduction)
    const context = contextFor(look, lang, path, introduction)
    return renderPage(<ErrorPage context={context} status={status} requestId={requestId} />)
  }
}
