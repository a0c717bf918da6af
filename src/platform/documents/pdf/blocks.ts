import type { Block } from '../document.ts'
import { withoutBullet } from './bullets.ts'
import type { Line } from './lines.ts'
import { parted, type Style } from './paragraphs.ts'
import { joinLines } from './words.ts'

type Group = { readonly key: string; readonly lines: Line[] }

/** The blocks of a page: as the file's structure says where it has one, else as its lines look. */
export function makeBlocks(lines: readonly Line[], style: Style): Block[] {
  const groups: Group[] = []
  const byKey = new Map<string, Group>()
  for (const line of lines) {
    const key = keyOf(line)
    const known = key === '' ? groups.at(-1) : byKey.get(key)
    if (known?.key === key) known.lines.push(line)
    else {
      const group = { key, lines: [line] }
      groups.push(group)
      byKey.set(key, group)
    }
  }
  return groups.flatMap(({ key, lines }) => (key === '' ? parted(lines, style) : [toBlock(lines)]))
}

/** The outermost thing of the structure that a line belongs to; empty for none. */
function keyOf({ place }: Line): string {
  if (place === null) return ''
  if (place.table !== null) return `table ${place.table}`
  if (place.list !== null) return `list ${place.list}`
  return place.block === null ? '' : `block ${place.block}`
}

function toBlock(lines: readonly Line[]): Block {
  const place = lines[0]?.place
  if (place?.table !== null && place?.table !== undefined)
    return {
      kind: 'table',
      rows: gather(lines, (line) => line.place?.row).map((row) => gather(row, (line) => line.place?.cell).map(textOf)),
    }
  if (place?.list !== null && place?.list !== undefined)
    return { kind: 'list', items: gather(lines, (line) => line.place?.item).map((item) => withoutBullet(textOf(item))) }
  const text = textOf(lines)
  return place?.level ? { kind: 'heading', level: place.level, text } : { kind: 'paragraph', text }
}

/** Lines of one thing together, in the order in which each thing first comes. */
function gather(lines: readonly Line[], of: (line: Line) => number | null | undefined): Line[][] {
  return [...Map.groupBy(lines, of).values()]
}

const textOf = (lines: readonly Line[]) => joinLines(lines.map(({ text }) => text))
