import type { Handles } from '#features/exchange/index.ts'
import { outlineReferences } from '#features/directory/index.ts'
import { findBySlug, isVisible, loadOutlined, loadRecords, type Reader } from '#features/records/index.ts'
import type { FacetDirectory, NamedValue } from '#features/search/index.ts'
import { findConceptId, outlineTags } from '#features/taxonomy/index.ts'

/** Knows terms and series by their names in addresses, and by what readers call them. */
export function facetDirectory(handles: Handles): FacetDirectory {
  return {
    read: async (reader, facet, asked) =>
      facet === 'series' ? findSeries(handles, reader, asked) : findConceptId(handles, facet, asked),
    name: async (reader, values) => {
      const ofSeries = values.filter(({ facet }) => facet === 'series').map(({ value }) => value)
      const terms = values.filter(({ facet }) => facet !== 'series').map(({ value }) => value)
      const [tags, references] = [await outlineTags(handles, reader, terms), outlineReferences(reader, ofSeries)]
      const loaded = await loadOutlined(handles.records, [tags, references])
      const [tagOf, referenceOf] = [tags.build(loaded), references.build(loaded)]
      return values.flatMap((one): NamedValue[] => {
        const tag = tagOf.get(one.value)
        if (tag) return [{ ...one, label: tag.label, asked: tag.notation }]
        const reference = referenceOf.get(one.value)
        return reference ? [{ ...one, label: reference.name, asked: slugOf(reference.href) }] : []
      })
    },
  }
}

/** A series that the reader may see: that there is another would be told by what narrows. */
async function findSeries({ records }: Handles, reader: Reader, slug: string): Promise<string | null> {
  const id = await findBySlug(records, 'series', slug, reader.lang)
  if (id === null) return null
  return isVisible((await loadRecords(records, [id], [])).get(id), reader) ? id : null
}

const slugOf = (href: string) => decodeURIComponent(href.split('/').at(-1) ?? '')
