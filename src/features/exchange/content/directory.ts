import type { z } from 'zod'
import { insertFunding, insertOrganisations, insertPeople, insertProgrammes } from '#features/directory/index.ts'
import { insertRecords, type Deed, type NewRecord } from '#features/records/index.ts'
import type { FundingFile, OrganisationsFile, PeopleFile, ProgrammesFile } from './files.ts'
import type { Handles } from '../handles.ts'
import { conceptId, seedId, toRecord } from './words.ts'

export interface DirectoryFiles {
  readonly organisations: z.infer<typeof OrganisationsFile>
  readonly people: z.infer<typeof PeopleFile>
  readonly programmes: z.infer<typeof ProgrammesFile>
  readonly funding: z.infer<typeof FundingFile>
}

const covers = (code: string) => ({ code, role: 'covers' as const })
const focus = (code: string) => ({ code, role: 'focus' as const })

function toRecords({ organisations, people, programmes, funding }: DirectoryFiles): NewRecord[] {
  return [
    ...organisations.map((entry) =>
      toRecord(
        'organisation',
        entry,
        { name: entry.name, short: entry.short, summary: entry.summary },
        { places: entry.places.map(covers) },
      ),
    ),
    ...people.map((entry) => toRecord('person', entry, { name: entry.name, role: entry.role, bio: entry.bio })),
    ...programmes.map((entry) =>
      toRecord(
        'programme',
        entry,
        { name: entry.name, short: entry.short, summary: entry.summary, remark: entry.remark },
        {
          places: [
            ...entry.focusPlaces.map(focus),
            ...entry.places.filter((code) => !entry.focusPlaces.includes(code)).map(covers),
          ],
          concepts: entry.concepts.map(conceptId),
          links: entry.partners.map((key) => ({ to: seedId('organisation', key), relation: 'partner' as const })),
        },
      ),
    ),
    ...funding.map((entry) => toRecord('funding', entry, { statement: entry.statement })),
  ]
}

/** Writes organisations, people, programmes and funding statements that are not there yet. */
export async function loadDirectory(tx: Handles, files: DirectoryFiles, deed: Deed): Promise<number> {
  const made = await insertRecords(tx.records, toRecords(files), deed)
  const fresh = <T extends { id: string }>(rows: readonly T[]) => rows.filter((row) => made.has(row.id))
  await insertOrganisations(
    tx.directory,
    fresh(files.organisations.map(({ key, type }) => ({ id: seedId('organisation', key), type }))),
  )
  await insertPeople(
    tx.directory,
    fresh(
      files.people.map(({ key, organisation }) => ({
        id: seedId('person', key),
        organisation_id: organisation === undefined ? null : seedId('organisation', organisation),
      })),
    ),
  )
  await insertProgrammes(
    tx.directory,
    fresh(
      files.programmes.map(({ key, period }) => ({
        id: seedId('programme', key),
        from_year: period?.from ?? null,
        to_year: period?.to ?? null,
      })),
    ),
  )
  await insertFunding(
    tx.directory,
    fresh(
      files.funding.map(({ key, mark, funders }) => ({
        id: seedId('funding', key),
        mark,
        funders: funders.map((funder) => seedId('organisation', funder)),
      })),
    ),
  )
  return made.size
}
