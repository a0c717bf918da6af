import { packTighter, sizeOf, type Stored } from './stored.ts'

/** Read so often, a page is worth packing tighter. */
const POPULAR = 4
/** Share of the memory for pages that were asked for twice; a flood of pages asked for once cannot push those out. */
const PROVEN_SHARE = 0.8

type Kept = { stored: Stored; size: number; hits: number }

/** Memory for finished pages, bounded in bytes: new ones, and ones read again. The one not read for longest goes first. */
export class Shelf {
  readonly #maxBytes: number
  readonly #fresh = new Map<string, Kept>()
  readonly #proven = new Map<string, Kept>()
  #freshBytes = 0
  #provenBytes = 0
  #isTightening = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#freshBytes + this.#provenBytes
  }

  get pages(): number {
    return this.#fresh.size + this.#proven.size
  }

  take(key: string): Stored | undefined {
    const kept = this.#proven.get(key)
    if (kept) {
      // Moved to the young end.
      this.#proven.delete(key)
      this.#proven.set(key, kept)
      if (++kept.hits === POPULAR) this.#tighten(key, kept)
      return kept.stored
    }
    const candidate = this.#fresh.get(key)
    if (candidate) this.#prove(key, candidate)
    return candidate?.stored
  }

  put(key: string, stored: Stored): void {
    const size = sizeOf(stored) + key.length
    if (size > this.#maxBytes / 8) return
    this.remove(key)
    this.#fresh.set(key, { stored, size, hits: 0 })
    this.#freshBytes += size
    this.#makeRoom()
  }

  remove(key: string): void {
    this.#freshBytes -= this.#fresh.get(key)?.size ?? 0
    this.#fresh.delete(key)
    this.#provenBytes -= this.#proven.get(key)?.size ?? 0
    this.#proven.delete(key)
  }

  clear(): void {
    this.#fresh.clear()
    this.#proven.clear()
    this.#freshBytes = 0
    this.#provenBytes = 0
  }

  #prove(key: string, kept: Kept): void {
    this.#fresh.delete(key)
    this.#freshBytes -= kept.size
    kept.hits += 1
    this.#proven.set(key, kept)
    this.#provenBytes += kept.size
    for (const [oldest, demoted] of this.#proven) {
      if (this.#provenBytes <= this.#maxBytes * PROVEN_SHARE) break
      this.#proven.delete(oldest)
      this.#provenBytes -= demoted.size
      this.#fresh.set(oldest, demoted)
      this.#freshBytes += demoted.size
    }
  }

  #makeRoom(): void {
    for (const pages of [this.#fresh, this.#proven]) {
      for (const key of pages.keys()) {
        if (this.bytes <= this.#maxBytes) return
        this.remove(key)
      }
    }
  }

  /** One page at a time: the spare threads are for readers first. A page that finds it busy asks again when next read. */
  #tighten(key: string, kept: Kept): void {
    if (this.#isTightening) {
      kept.hits -= 1
      return
    }
    this.#isTightening = true
    void this.#replaceTighter(key, kept)
  }

  async #replaceTighter(key: string, kept: Kept): Promise<void> {
    try {
      const stored = await packTighter(kept.stored)
      if (this.#proven.get(key) !== kept) return
      const size = sizeOf(stored) + key.length
      this.#provenBytes += size - kept.size
      kept.stored = stored
      kept.size = size
    } finally {
      this.#isTightening = false
    }
  }
}
