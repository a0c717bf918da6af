import { readSettings, type RecordDb } from '#features/records/index.ts'
import { isTimeZone } from '#platform/time.ts'

/** What is forgotten after a while, and after how many days unless the hub says otherwise; 0: never. */
export const retentions = { audit: 1826, mail: 30, invitations: 90 } as const

export type Kept = keyof typeof retentions

export interface HubSettings {
  /** Languages of the interface in the hub's order; empty: all there are. */
  readonly languages: readonly string[]
  /** The zone of what says none of its own. */
  readonly zone: string
  /** Days that things are kept; 0: for ever. */
  readonly retention: Readonly<Record<Kept, number>>
}

/** The settings of the hub; one that nobody made, or that cannot be read, is the usual one. */
export async function readHubSettings(db: RecordDb): Promise<HubSettings> {
  const stored = await readSettings(db)
  const { zone } = stored
  return {
    languages: textsOf(stored['languages']),
    zone: typeof zone === 'string' && isTimeZone(zone) ? zone : 'UTC',
    retention: {
      audit: daysOf(stored['retention.audit'], retentions.audit),
      mail: daysOf(stored['retention.mail'], retentions.mail),
      invitations: daysOf(stored['retention.invitations'], retentions.invitations),
    },
  }
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

const daysOf = (value: unknown, usual: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : usual
