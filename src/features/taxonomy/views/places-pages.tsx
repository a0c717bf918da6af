import { toChildArray, type ComponentChildren } from 'preact'
import { regionName } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  Layout,
  PlaceTags,
  Section,
  TagList,
  to,
  type PageContext,
  type Tag,
} from '#ui/index.ts'

export interface PlacesPageProps {
  readonly context: PageContext
  /** ISO 3166-1 alpha-2 and M49 codes that something published names, each once. */
  readonly codes: readonly string[]
}

/** Every country and region the hub has something on, by name. */
export function PlacesPage({ context, codes }: PlacesPageProps) {
  const { t, lang } = context
  const description = t('places.description')
  const collator = new Intl.Collator(lang)
  const byName = codes.toSorted((one, other) => collator.compare(regionName(one, lang), regionName(other, lang)))
  const countries = byName.filter((code) => /^[A-Z]{2}$/.test(code))
  const regions = byName.filter((code) => !countries.includes(code))
  return (
    <Layout context={context} title={t('places.title')} description={description}>
      <h1>{t('places.title')}</h1>
      <p class="lede">{description}</p>
      {codes.length === 0 && (
        <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>
          {t('places.empty')}
        </EmptyState>
      )}
      <Section title={t('places.countries')}>
        {countries.length > 0 && <PlaceTags of={toPlaces(countries)} context={context} />}
      </Section>
      <Section title={t('places.regions')}>
        {regions.length > 0 && <PlaceTags of={toPlaces(regions)} context={context} />}
      </Section>
    </Layout>
  )
}

function toPlaces(codes: readonly string[]): { code: string }[] {
  return codes.map((code) => ({ code }))
}

export interface PlacePageProps {
  readonly context: PageContext
  readonly code: string
  /** The hub's own regions that hold it. */
  readonly regions: readonly Tag[]
  /** Sections of what the hub has on it; when there are none the page says so. */
  readonly children?: ComponentChildren
}

/** A country or region and what the hub has on it. */
export function PlacePage({ context, code, regions, children }: PlacePageProps) {
  const { t, lang } = context
  const name = regionName(code, lang)
  return (
    <Layout context={context} title={name}>
      <Breadcrumbs above={[{ label: t('places.title'), href: to(context, 'places') }]} context={context} />
      <p class="kicker">{t('place.kicker')}</p>
      <h1>{name}</h1>
      {regions.length > 0 && <p class="quiet">{t('place.regions')}</p>}
      {regions.length > 0 && <TagList tags={regions} lang={lang} />}
      {children}
      {toChildArray(children).length === 0 && (
        <EmptyState action={{ label: t('places.title'), href: to(context, 'places') }}>{t('place.nothing')}</EmptyState>
      )}
    </Layout>
  )
}
