import { ownName } from '#platform/i18n/index.ts'

/** A language by its own name, which has its own direction. */
export function OwnName({ of }: { of: string }) {
  return <bdi lang={of}>{ownName(of)}</bdi>
}
