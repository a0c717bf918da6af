import { inProcess } from './in-process.ts'

type Module = typeof import('./translation/desk.ts')

/** Times the translation desk over so many records in five languages, embedded, in this very process: no network between. Returns whether it keeps to its budget. */
export async function benchTranslation(records: number): Promise<boolean> {
  return inProcess('bench/translation/desk.ts', async (module, folder) => (module as Module).timeDesk(folder, records))
}
