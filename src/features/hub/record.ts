import {
  loadRecords,
  hrefFor,
  isVisible,
  nameFor,
  readLinks,
  type LinkedRecord,
  type LoadedRecord,
  type Reader,
} from '#features/records/index.ts'
import type { RecordSource } from '#features/exchange/index.ts'
import { readConceptTags } from '#features/taxonomy/index.ts'
import { findMaterial, findSession, type SeminarDeps } from '#features/seminars/index.ts'

/** A record as programs read it, with the links this reader may see; null when there is none they may. */
export async function readRecord(deps: SeminarDeps, reader: Reader, id: string): Promise<RecordSource | null> {
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!isVisible(record, reader) || !(await isInSight(deps, reader, record))) return null
  const rows = await readLinks(deps.records, [id])
  const others = await loadRecords(
    deps.records,
    rows.map((row) => (row.from === id ? row.to : row.from)),
    ['title', 'name', 'label', 'statement'],
  )
  const links = rows.flatMap((row): LinkedRecord[] => {
    const other = others.get(row.from === id ? row.to : row.from)
    if (!isVisible(other, reader)) return []
    const direction = row.from === id ? 'to' : 'from'
    const { relation, note } = row
    const title = nameFor(other, reader)
    return [{ id: other.id, kind: other.kind, relation, direction, title, href: hrefFor(other, reader.lang), note }]
  })
  const { kind, sourceLang, texts, synthetic, version, publishedAt, updatedAt } = record
  return { id, kind, sourceLang, texts, links, synthetic, version, publishedAt, updatedAt }
}

/** A part of a seminar is seen through it, and a term through its vocabulary, whatever their own state. */
async function isInSight(deps: SeminarDeps, reader: Reader, { id, kind }: LoadedRecord): Promise<boolean> {
  if (kind === 'concept') return (await readConceptTags(deps, reader, [id])).has(id)
  if (kind !== 'session' && kind !== 'material') return true
  const seminarId = kind === 'session' ? (await findSession(deps, id))?.seminarId : await findMaterial(deps, id)
  if (!seminarId) return false
  return isVisible((await loadRecords(deps.records, [seminarId], [])).get(seminarId), reader)
}
