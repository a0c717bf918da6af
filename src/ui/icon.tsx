/** Drawn in a square of 16; those that point along the line are mirrored in right-to-left pages. */
const shapes = {
  next: { path: 'M3 8h10M9 4l4 4-4 4', mirrored: true },
  previous: { path: 'M13 8H3M7 4 3 8l4 4', mirrored: true },
  calendar: { path: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3', mirrored: false },
  file: { path: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3', mirrored: false },
  play: { path: 'M2.5 3.5h11v9h-11zM6.8 6v4l3.2-2z', mirrored: false },
} as const

type IconName = keyof typeof shapes

/** A small picture beside words that say the same; it is hidden from assistive technology. */
export function Icon({ name }: { name: IconName }) {
  const { path, mirrored } = shapes[name]
  return (
    <svg class={mirrored ? 'icon flips' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
