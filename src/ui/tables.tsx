import type { ComponentChildren } from 'preact'

interface TableProps {
  /** What the table holds, for whoever cannot see it at a glance. */
  readonly label: string
  readonly head: readonly ComponentChildren[]
  readonly children: ComponentChildren
}

/** A table that scrolls by itself where it is wider than the page. */
export function WideTable({ label, head, children }: TableProps) {
  return (
    <section class="scroll" aria-label={label} tabIndex={0}>
      <table class="wide">
        <thead>
          <tr>
            {head.map((cell) => (
              <th scope="col">{cell}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

/** An address, a path, an id: left to right and in its own order wherever it stands. */
export function Code({ children }: { children: string }) {
  return (
    <code dir="ltr">
      <bdi>{children}</bdi>
    </code>
  )
}
