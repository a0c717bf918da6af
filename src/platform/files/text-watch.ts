/** How much of a text is looked at to tell what it is. */
const HEAD = 4096

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const binary = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/

export interface TextWatch {
  push(chunk: Uint8Array): void
  /** The beginning of the text, or null when it is not UTF-8 from end to end, or has characters that no text has. */
  end(): string | null
}

/** Looks on while bytes pass by, and tells whether they are text. Ends its work with the first byte that is not. */
export function createTextWatch(): TextWatch {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let head = ''
  let isText = true
  const look = (chunk: Uint8Array, stream: boolean) => {
    if (!isText) return
    try {
      const text = decoder.decode(chunk, { stream })
      isText = !binary.test(text)
      if (head.length < HEAD) head += text.slice(0, HEAD)
    } catch {
      isText = false
    }
  }
  return {
    push: (chunk) => look(chunk, true),
    end: () => {
      look(new Uint8Array(), false)
      return isText ? head.slice(0, HEAD) : null
    },
  }
}
