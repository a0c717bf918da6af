/** Bullets of all kinds, and strokes that a space makes bullets; Word's own stand in the private part of Unicode. */
const bullet = /^(?:[•▪▫◦‣⁃●○■□➢✓✔\uF0A7\uF0B7\uF0D8\uF0FC]\s*|[·∙–—\-*](?:\s+|$))/

export function withoutBullet(text: string): string {
  return text.trimStart().replace(bullet, '')
}

export function hasBullet(text: string): boolean {
  return bullet.test(text.trimStart())
}
