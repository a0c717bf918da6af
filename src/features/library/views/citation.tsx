import { direction } from '#platform/i18n/index.ts'
import type { PageContext } from '#ui/index.ts'
import { cite, citationStyles, type CitationStyle } from '../catalogue/citation.ts'
import { coins } from '../catalogue/page-tags.ts'
import type { HubWork } from '../works.ts'

// Proper names, the same in every language.
const styleNames: Readonly<Record<CitationStyle, string>> = {
  apa: 'APA',
  chicago: 'Chicago',
  harvard: 'Harvard',
  vancouver: 'Vancouver',
}

const formats = [
  ['BibTeX', 'bib'],
  ['RIS', 'ris'],
  ['CSL-JSON', 'csl.json'],
  ['DataCite', 'datacite.xml'],
] as const

/** How to cite a publication, in the page's language and in the common styles, and the same for programs. */
export function Citation({ of: found, context }: { of: HubWork; context: PageContext }) {
  const { t, lang, hub } = context
  return (
    <>
      <dl class="citations">
        {citationStyles.map((style) => (
          <div>
            <dt>{styleNames[style]}</dt>
            <dd dir={direction(lang)}>
              {cite(found.work, style, lang, hub.origin).map(({ text, isTitle }) =>
                isTitle ? <cite>{text}</cite> : <>{text}</>,
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p class="label screen">{t('publication.cite.files')}</p>
      <ul class="tags screen">
        {formats.map(([name, ending]) => (
          <li>
            <a href={`${found.href}.${ending}`}>{name}</a>
          </li>
        ))}
      </ul>
      {/* COinS (OpenURL ContextObject in SPAN): what reference managers look for in a page. */}
      <span class="Z3988" title={coins(found, hub.origin, lang)} />
    </>
  )
}
