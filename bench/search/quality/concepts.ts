import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { packageRoot } from '#platform/root.ts'

const Vocabularies = z.object({
  schemes: z.array(
    z.object({
      notation: z.string(),
      concepts: z.array(z.object({ notation: z.string(), label: z.record(z.string(), z.string()) })),
    }),
  ),
})

export interface Concept {
  /** `scheme:notation` */
  readonly key: string
  readonly label: Readonly<Record<string, string>>
}

/** The terms of the demonstration's vocabularies. */
export function readConcepts(): Concept[] {
  const file: unknown = JSON.parse(readFileSync(join(packageRoot(), 'seeds', 'vocabularies.json'), 'utf8'))
  return Vocabularies.parse(file).schemes.flatMap(({ notation: scheme, concepts }) =>
    concepts.map(({ notation, label }) => ({ key: `${scheme}:${notation}`, label })),
  )
}
