import { direction, ownName } from '#platform/i18n/index.ts'

/** A language by its own name. */
export function OwnName({ of }: { of: string }) {
  return (
    <span lang={of} dir={direction(of)}>
      {ownName(of)}
    </span>
  )
}
