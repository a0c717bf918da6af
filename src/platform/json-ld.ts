/** A schema.org object, ready for `jsonForHtml`. */
export interface JsonLd {
  readonly [name: string]: JsonLdValue | readonly JsonLdValue[] | undefined
}

type JsonLdValue = string | number | boolean | JsonLd

/** An object with the context that gives its names their meaning. Empty lists and what is undefined are left out: a page is one TCP window. */
export function schemaOrg(value: JsonLd): JsonLd {
  return { '@context': 'https://schema.org', ...compact(value) }
}

function compact(value: JsonLd): JsonLd {
  const kept = Object.entries(value).flatMap(([name, part]): [string, JsonLd[string]][] => {
    if (part === undefined || part === '' || (isList(part) && part.length === 0)) return []
    if (!isList(part)) return [[name, compactOne(part)]]
    const [only, ...others] = part.map(compactOne)
    return [
      [name, others.length === 0 && only !== undefined ? only : [only, ...others].filter((one) => one !== undefined)],
    ]
  })
  return Object.fromEntries(kept)
}

function compactOne(value: JsonLdValue): JsonLdValue {
  return typeof value === 'object' ? compact(value) : value
}

function isList(value: JsonLd[string]): value is readonly JsonLdValue[] {
  return Array.isArray(value)
}
