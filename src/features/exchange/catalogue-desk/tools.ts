import type { DeskTool } from '#features/desk/index.ts'
import { canImportPublications } from '../policy.ts'

/** What the desk offers of imports. */
export const importTools: readonly DeskTool[] = [
  { path: 'import/publications', label: 'import.title', may: canImportPublications },
]
