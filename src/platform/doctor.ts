/** One thing the doctor has looked at: `what` was found, and how to `mend` it when it is not as it should be. */
export type Check = { id: string; ok: boolean; level: 'ok' | 'warning' | 'fault'; what: string; mend?: string }

export function passed(id: string, what: string): Check {
  return { id, ok: true, level: 'ok', what }
}

export function warning(id: string, what: string, mend: string): Check {
  return { id, ok: false, level: 'warning', what, mend }
}

export function fault(id: string, what: string, mend: string): Check {
  return { id, ok: false, level: 'fault', what, mend }
}
