/**
 * The policy of every answer. No inline script and no inline style; `<script type="application/ld+json">` is a data block that
 * browsers never execute, and script-src does not govern those (HTML, "prepare the script element").
 */
const directives = {
  'default-src': "'none'",
  'style-src': "'self'",
  'script-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'media-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
} as const

/** The policy of a page that differs from all others in these directives alone; a route sets it as `content-security-policy`. */
export function policyWith(
  own: Readonly<Partial<Record<'frame-src' | 'media-src' | 'frame-ancestors', string>>>,
): string {
  return Object.entries({ ...directives, ...own })
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

const contentSecurityPolicy = policyWith({})

const YEAR = 31_536_000

/** Headers that every answer carries. Calls of other sites to the API need a resource policy of their own: `openToOthers`. */
export function securityHeaders(origin: string): readonly (readonly [name: string, value: string])[] {
  return [
    ['content-security-policy', contentSecurityPolicy],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ...(origin.startsWith('https://') ? [['strict-transport-security', `max-age=${YEAR}`] as const] : []),
  ]
}

/** What other sites may fetch (`Access-Control-Allow-Origin: *`) they may also load. */
export function resourcePolicy(allowOrigin: string | null): string {
  return allowOrigin === '*' ? 'cross-origin' : 'same-origin'
}
