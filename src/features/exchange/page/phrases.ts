/** Rows of phrases, `|` between them: long tables stay readable. */
export const phrases = (...rows: readonly string[]): string[] => rows.flatMap((row) => row.split(' | '))
