import { inProcess } from './in-process.ts'

type Module = typeof import('./library/list.ts')

/** Times the library over so many publications, embedded, in this very process: no network between. Returns whether it keeps to its budget. */
export async function benchLibrary(publications: number): Promise<boolean> {
  return inProcess('bench/library/list.ts', async (module, folder) =>
    (module as Module).timeLibrary(folder, publications),
  )
}
