import { readFile, stat } from 'node:fs/promises'
import { Flow } from '../flow.ts'
import { PageWriter } from '../pages.ts'
import type { Found } from '../read-file.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { readMarkup } from './markup.ts'

const largest = 32 * 1024 ** 2

/** Reads a web page. Nothing that it refers to is fetched, and nothing in it is run. */
export async function readHtml({ path, limits }: ReadTask): Promise<Found> {
  const { size } = await stat(path)
  if (size > Math.min(largest, limits.unpacked)) throw new UnreadableError('tooLarge', `${size} bytes`)
  const writer = new PageWriter(limits)
  const flow = new Flow(writer)
  const { title, lang } = readMarkup(decodeHtml(await readFile(path)), flow)
  flow.breakPage()
  return { title, claimedLang: lang, pages: writer.pages, cut: writer.cut }
}

/** Text in the encoding that the file says it is in, else UTF-8 where it is that, else the one that browsers take. */
function decodeHtml(bytes: Buffer): string {
  const head = bytes.subarray(0, 2048).toString('latin1')
  const said = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})/i.exec(head)?.[1]
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  for (const encoding of [marked, 'utf-8', said?.toLowerCase()].filter((one) => one !== null && one !== undefined)) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // The next one.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes)
}
