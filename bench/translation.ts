import { inProcess } from './in-process.ts'

/** Times the translation desk over so many records in five languages, embedded, in this very process: no network between. Returns whether it keeps to its budget. */
export async function benchTranslation(records: number): Promise<boolean> {
  return inProcess<typeof import('./translation/desk.ts'), boolean>(
    'bench/translation/desk.ts',
    async (module, folder) => module.timeDesk(folder, records),
  )
}
