import { readFactValues, type DeskDeps } from '#features/desk/index.ts'
import { insertEvents, readTies, type Deed, type RecordDb } from '#features/records/index.ts'
import { contributorLines } from '../contributor-desk/form.ts'
import { editionLines } from '../edition-desk/standing.ts'
import { readPublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'

/** What publications say beside their texts, as the history keeps it: by id, by the name of a field, in lines. */
export type Said = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Reads everything that two publications say beside their texts. */
export async function readSaid(
  { records, kinds }: Pick<DeskDeps, 'records' | 'kinds'>,
  ids: readonly string[],
): Promise<Said> {
  const kind = kinds.get('publication')
  const said = new Map<string, ReadonlyMap<string, string>>()
  for (const id of ids) {
    const facts = kind ? await readFactValues(records, kind, id) : {}
    const rows = await readPublicationRows(libraryTables(records), [id])
    const places = (await readTies(records, [id])).places.get(id) ?? []
    const focus = places.filter(({ role }) => role === 'focus').map(({ code }) => code)
    const contributors = rows.contributors.map(({ agent_id: agentId, ...one }) => ({ ...one, agentId }))
    const lines = Object.entries(facts).map(([name, value]) => [name, value.join('\n')] as const)
    const more = [
      ['focus', focus.join('\n')],
      ['contributors', contributorLines(contributors)],
      ['editions', editionLines(rows)],
    ] as const
    said.set(id, new Map([...lines, ...more]))
  }
  return said
}

/** Notes in the history of each publication what it says otherwise than before, so that nothing is beyond recall. */
export async function noteChanges(tx: RecordDb, before: Said, after: Said, deed: Deed): Promise<void> {
  const events = [...after].flatMap(([id, fields]) =>
    [...fields].flatMap(([field, now]) => {
      const was = before.get(id)?.get(field) ?? ''
      if (was === now) return []
      return [{ record_id: id, verb: 'edit' as const, field, before: was || null, after: now || null }]
    }),
  )
  await insertEvents(tx, events, deed)
}
