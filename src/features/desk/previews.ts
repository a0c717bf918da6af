import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '#features/accounts/index.ts'
import type { DeskDeps } from './deps.ts'
import { findPreviewLink, insertPreviewLink, type PreviewLink } from './store.ts'

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Makes a link that opens for some days; its token is told once and kept nowhere. */
export async function makePreviewLink(deps: DeskDeps, actor: Actor, recordId: string, days: number): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const createdAt = deps.now()
  const expiresAt = new Date(Date.parse(createdAt) + days * 86_400_000).toISOString()
  await insertPreviewLink(deps.desk, { tokenHash: hashOf(token), recordId, createdAt, createdBy: actor.id, expiresAt })
  return token
}

/** The link a token opens, or null when there is none, or none any more. */
export async function openPreviewLink(deps: DeskDeps, token: string): Promise<PreviewLink | null> {
  if (!/^[\w-]{32}$/.test(token)) return null
  return findPreviewLink(deps.desk, hashOf(token), deps.now())
}
