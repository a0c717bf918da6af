/** The IRI of a vocabulary: the address at which it is served, in every format. */
export function schemeIri(origin: string, scheme: string): string {
  return new URL(`/vocabularies/${encodeURIComponent(scheme)}`, origin).href
}

/** The IRI of a concept: its vocabulary's address and its notation, so one request brings all of its neighbours. */
export function conceptIri(origin: string, scheme: string, notation: string): string {
  return `${schemeIri(origin, scheme)}#${encodeURIComponent(notation)}`
}
