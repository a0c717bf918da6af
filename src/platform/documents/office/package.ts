import { posix } from 'node:path'
import { openZip, ZipError } from '../../zip-reader.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { attributeOf, elementsOf, parseXml, type Element } from './xml.ts'

/** A file that is a zip of parts. */
export interface Package {
  readonly names: readonly string[]
  /** A part as text; null when there is none. */
  readonly text: (name: string) => Promise<string | null>
  /** The root of an XML part; null when there is none. */
  readonly xml: (name: string) => Promise<Element | null>
}

const largestPart = 64 * 1024 ** 2

/** Gives a packed file to whoever reads it; it is closed afterwards. */
export async function withPackage<T>({ path, limits }: ReadTask, use: (file: Package) => Promise<T>): Promise<T> {
  try {
    const zip = await openZip(path, { part: Math.min(largestPart, limits.unpacked), all: limits.unpacked })
    const text = async (name: string) => {
      const bytes = await zip.read(name)
      return bytes && new TextDecoder(isUtf16(bytes) ? 'utf-16' : 'utf-8').decode(bytes)
    }
    const xml = async (name: string) => {
      const found = await text(name)
      return found === null ? null : parseXml(found)
    }
    return await use({ names: zip.names, text, xml }).finally(zip.close)
  } catch (error) {
    if (error instanceof ZipError) throw new UnreadableError(error.fault, error.message)
    throw error
  }
}

const isUtf16 = (bytes: Buffer) => bytes[0] === 0xff && bytes[1] === 0xfe

/** What a part refers to, by id, as names of parts; what lies outside the file is left out. */
export async function relationsOf(file: Package, part: string): Promise<ReadonlyMap<string, string>> {
  const root = await file.xml(posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`))
  const relations = new Map<string, string>()
  for (const one of root ? elementsOf(root) : []) {
    const [id, target] = [attributeOf(one, 'Id'), attributeOf(one, 'Target')]
    if (id !== null && target !== null && attributeOf(one, 'TargetMode') !== 'External')
      relations.set(id, resolvePart(part, target))
  }
  return relations
}

/** The name of a part that another one refers to. */
export function resolvePart(from: string, target: string): string {
  const [path = ''] = target.split('#', 1)
  return posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path))
}

/** The part that holds the document, as the package names it. */
export async function mainPart(file: Package, usual: string): Promise<string> {
  const root = await file.xml('_rels/.rels')
  const main = root && elementsOf(root).find((one) => attributeOf(one, 'Type')?.endsWith('/officeDocument'))
  const name = resolvePart('', attributeOf(main ?? undefined, 'Target') ?? usual)
  return file.names.includes(name) ? name : usual
}

/** Title and language of an office file's own data. */
export async function coreData(file: Package): Promise<{ title: string | null; lang: string | null }> {
  const root = await file.xml('docProps/core.xml').catch(() => null)
  const find = (name: string) => {
    const found = root && elementsOf(root).find((one) => one.name === name)
    return found ? found.children.filter((child) => typeof child === 'string').join('') : null
  }
  return { title: find('title'), lang: find('language') }
}
