import type { Block } from '#platform/documents/index.ts'

const tags = ['h2', 'h3', 'h4'] as const

/** What a page says, as HTML. Headings stand below the page's own, whatever level they begin with, and skip none. */
export function Blocks({ of }: { of: readonly Block[] }) {
  const open: number[] = []
  return (
    <>
      {of.map((block) => {
        if (block.kind !== 'heading') return <Plain block={block} />
        while ((open.at(-1) ?? 0) >= block.level) open.pop()
        open.push(block.level)
        const Tag = tags[open.length - 1] ?? 'h4'
        return <Tag>{block.text}</Tag>
      })}
    </>
  )
}

function Plain({ block }: { block: Exclude<Block, { kind: 'heading' }> }) {
  switch (block.kind) {
    case 'paragraph':
      return <p>{block.text}</p>
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <div class="wide" tabIndex={0}>
          <table>
            <tbody>
              {block.rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
  }
}
