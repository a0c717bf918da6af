import type { Context } from 'hono'
import { audienceOf, findActorOfVisit } from '#features/accounts/index.ts'
import { listDeskFileNames } from '#features/desk/index.ts'
import { fileRoutes, type FileSource, type FileViewer } from '#features/files/index.ts'
import { listPublicationFileNames } from '#features/library/index.ts'
import { listTrackFileNames } from '#features/recordings/index.ts'
import { listMaterialFileNames } from '#features/seminars/index.ts'
import type { HubEnv } from '#platform/http/index.ts'
import { deskDeps } from './feature-deps.ts'
import type { HubParts, Wiring } from './wiring.ts'

/** Files of the hub. Who may have one follows from who may see what refers to it, so none goes through the page cache. */
export function mountFiles(
  wiring: Wiring,
  parts: HubParts,
  viewerOf: (c: Context<HubEnv>) => Promise<FileViewer>,
): void {
  const { http, deps, accountDeps } = wiring
  const desk = deskDeps(wiring, parts)
  const sources: FileSource[] = [
    async ({ reader }, sha256) => listMaterialFileNames(deps, reader, sha256),
    async ({ reader }, sha256) => listPublicationFileNames(deps, reader, sha256),
    async ({ actor }, sha256) => listDeskFileNames(desk, actor, sha256),
  ]
  const linked: FileSource[] = [async ({ reader }, sha256) => listTrackFileNames(deps, reader, sha256)]
  const viewerOfVisit = async (id: string, lang: string): Promise<FileViewer | null> => {
    const actor = await findActorOfVisit(accountDeps, id)
    return actor && { actor, reader: { lang, chain: [lang], audience: audienceOf(actor) } }
  }
  const { links } = deps
  http.app.route(
    '/files',
    fileRoutes({ files: desk.files, store: parts.files, sources, linked, links, viewerOfVisit }, viewerOf),
  )
}
