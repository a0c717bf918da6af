import { dataciteXml, dublinCore, listWorks, type HubWork } from '#features/library/index.ts'
import type { Change } from '#features/records/index.ts'
import type { XmlElement } from '#platform/xml.ts'
import { prefixOf, toStamp, type Harvest } from './harvest.ts'
import type { MetadataPrefix } from './request.ts'
import { readSets, type SetsOf } from './sets.ts'

/** The formats that records are handed out in. */
export const formats: Readonly<Record<MetadataPrefix, { readonly schema: string; readonly namespace: string }>> = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  },
  oai_datacite: {
    schema: 'http://schema.datacite.org/oai/oai-1.1/oai.xsd',
    namespace: 'http://schema.datacite.org/oai/oai-1.1/',
  },
  datacite: {
    schema: 'https://schema.datacite.org/meta/kernel-4.6/metadata.xsd',
    namespace: 'http://datacite.org/schema/kernel-4',
  },
}

/** What stands at the head of a record: its identifier, when it changed, its sets, whether it is gone. */
export function toHeader(harvest: Harvest, { id, updatedAt, isGone }: Change, setsOf: SetsOf): XmlElement {
  return {
    ...(isGone ? { '@status': 'deleted' } : {}),
    identifier: prefixOf(harvest) + id,
    datestamp: toStamp(new Date(updatedAt).toISOString()),
    setSpec: [...setsOf(id)],
  }
}

/** Records with what is known of them; one that was withdrawn while it was read is gone. */
export async function toRecords(
  harvest: Harvest,
  page: readonly Change[],
  prefix: MetadataPrefix,
): Promise<XmlElement[]> {
  const live = page.filter(({ isGone }) => !isGone).map(({ id }) => id)
  const [works, setsOf] = await Promise.all([listWorks(harvest.deps, harvest.reader, live), readSets(harvest, page)])
  const workOf = new Map(works.map((work) => [work.id, work]))
  return page.map((change) => {
    const work = change.isGone ? undefined : workOf.get(change.id)
    const header = toHeader(harvest, work ? change : { ...change, isGone: true }, setsOf)
    return work ? { header, metadata: toMetadata(harvest, work, prefix) } : { header }
  })
}

function toMetadata({ context }: Harvest, work: HubWork, prefix: MetadataPrefix): XmlElement {
  if (prefix === 'oai_dc') return dublinCore(work, context.origin)
  const resource = dataciteXml(work, context)
  if (prefix === 'datacite') return resource
  return {
    oai_datacite: {
      '@xmlns': formats.oai_datacite.namespace,
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:schemaLocation': `${formats.oai_datacite.namespace} ${formats.oai_datacite.schema}`,
      schemaVersion: '4.6',
      payload: resource,
    },
  }
}
