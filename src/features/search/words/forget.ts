import { codeOf, configOf } from '../domain.ts'
import type { SearchDb } from '../store-index.ts'
import { analyse } from '../store-understand.ts'
import { withoutOrder } from '../tsquery.ts'
import type { HubWord } from './domain.ts'
import { listWords, removeUnheld } from './store.ts'

/** Words of one statement: it stays short, so that pages get their turn. */
const BATCH = 100

/** Forgets the words that no document has in any form: what was erased leaves no trace here. */
export async function forgetWords(db: SearchDb, signal?: AbortSignal): Promise<void> {
  for (let after: HubWord = { lang: '', word: '' }; ;) {
    signal?.throwIfAborted()
    const words = await listWords(db, after, BATCH)
    const last = words.at(-1)
    if (!last) return
    const analysed = await analyse(
      db,
      words.map(({ word, lang }) => ({ text: word, configs: [configOf(lang)] })),
    )
    const asked = words.flatMap((word, place) => {
      const config = configOf(word.lang)
      const query = analysed[place]?.queries.get(config)
      // What says nothing is in no list of words, wherever it stands.
      return query === undefined ? [] : [{ ...word, query: withoutOrder(query, codeOf(config)) }]
    })
    await removeUnheld(db, asked)
    after = last
  }
}
