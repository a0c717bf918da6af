import { Unzip, UnzipInflate } from 'fflate'

/** Whether what a ZIP file holds stays within bounds when it is unpacked; it is counted piece by piece and kept nowhere. */
export function isWithin(
  bytes: Uint8Array,
  most: { readonly bytes: number; readonly parts: number },
): 'within' | 'large' | 'broken' {
  let parts = 0
  let size = 0
  let isBroken = false
  const isTooLarge = () => parts > most.parts || size > most.bytes
  const unzip = new Unzip((file) => {
    parts += 1
    file.ondata = (error, piece) => {
      if (error) isBroken = true
      else size += piece.length
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    // Small pieces: what one of them unpacks to is at most a thousand times as much.
    for (let at = 0; at < bytes.length && !isTooLarge(); at += PIECE) {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    }
  } catch {
    isBroken = true
  }
  if (isTooLarge()) return 'large'
  return isBroken || parts === 0 ? 'broken' : 'within'
}

const PIECE = 16 * 1024
