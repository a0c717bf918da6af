/** More keys than languages and styles there are: a bound, not a policy. */
const most = 1000

/** Makes a value once per key and keeps it: formatters of the platform cost a millisecond each to make. */
export function remember<T>(make: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>()
  return (key) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(key)
    if (kept.size < most) kept.set(key, made)
    return made
  }
}
