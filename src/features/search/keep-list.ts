import { readHubVersion, type Reader, type RecordDb } from '#features/records/index.ts'
import { createDocumentList, type DocumentList } from './document-list.ts'
import type { SearchDb } from './store-index.ts'
import { listDocuments, listPublishedSince, listVisibleIds, readLastOrd } from './store-list.ts'

/** The documents of the index, and which of them somebody may see. */
export interface SeenDocuments {
  readonly list: DocumentList
  /** By number, 1 for what may be seen. */
  readonly seen: Uint8Array
}

/** Keeps the list of documents in step with the index, and with what is published. */
export interface ListKeeper {
  /** With an instant: without what was published since. */
  read(reader: Pick<Reader, 'audience'>, at?: number | null): Promise<SeenDocuments>
}

/** Documents that are read at once: a short query, so that pages get their turn between two. */
const BATCH = 2000

/** Audiences whose documents are remembered: visitors, members, and those of a few groups. */
const AUDIENCES = 16

/** A list that only grows is made anew when so many of its numbers are of no document any more. */
const WORN = 4

export function createListKeeper(search: SearchDb, records: RecordDb): ListKeeper {
  let list = createDocumentList()
  let last = 0
  let counter = ''
  let reading: Promise<void> | undefined
  let version: number | undefined
  const seen = new Map<string, { readonly size: number; readonly marks: Uint8Array }>()

  async function readNew(to: number, now: string): Promise<void> {
    if (now !== counter || to > WORN * Math.max(list.records.length, BATCH) * 10) {
      list = createDocumentList()
      last = 0
      counter = now
      seen.clear()
    }
    for (;;) {
      const rows = await listDocuments(search, last, BATCH)
      list.put(rows)
      const end = rows.at(-1)
      if (!end) break
      last = end.ord
    }
    last = Math.max(last, to)
  }

  async function follow(): Promise<void> {
    await reading?.catch(() => undefined)
    const { last: to, counter: now } = await readLastOrd(search)
    // What was written last may be gone again; numbers only rise.
    if (to <= last && now === counter) return
    reading ??= readNew(to, now).finally(() => (reading = undefined))
    await reading
  }

  const keeper: ListKeeper = {
    read: async (reader, at = null) => {
      if (at !== null) {
        const [all, later] = [await keeper.read(reader), await listPublishedSince(records, at)]
        return later.length === 0 ? all : { list: all.list, seen: all.list.without(all.seen, later) }
      }
      const [now] = await Promise.all([readHubVersion(records), follow()])
      // What is withdrawn moves the version before anybody can ask.
      if (now !== version) seen.clear()
      version = now
      const key = [...reader.audience].toSorted().join(' ')
      const known = seen.get(key)
      if (known && known.size === list.size()) return { list, seen: known.marks }
      const marks = list.seenBy(await listVisibleIds(records, reader))
      if (version === now) {
        if (seen.size >= AUDIENCES) seen.clear()
        seen.set(key, { size: list.size(), marks })
      }
      return { list, seen: marks }
    },
  }
  return keeper
}
