import type { Generated } from 'kysely'

export interface RedirectTable {
  path: string
  target: string
  created_at: string
  hits: Generated<number>
  last_hit_on: string | null
}

export interface AdminTables {
  redirect: RedirectTable
}
