import type { SignedIn, TestHub } from './hub.ts'

/** Puts people on the agenda of a session, in this order. */
export async function putOnAgenda(hub: TestHub, session: string, people: readonly string[], first = 0): Promise<void> {
  const rows = people.map((person_id, index) => ({
    session_id: session,
    person_id,
    role: 'speaker' as const,
    position: first + index,
  }))
  await hub.kysely.insertInto('session_speaker').values(rows).execute()
}

const unescape = (text: string) =>
  text
    .replaceAll('&#10;', '\n')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The screen of a recording on which answers are noted, as somebody works with it. */
export function consentDesk(browser: SignedIn, recording: string, session: string, number = 1) {
  const screen = `/en/desk/records/${recording}/consent?session=${number}`
  const read = async () => (await browser.get(screen)).text()
  /** What the form says it shows, as a browser sends it along unseen. */
  const open = async (): Promise<Readonly<Record<string, string>>> => {
    const shown = (await read()).matchAll(/name="([\w.]+\.was)" value="([^"]*)"/g)
    return Object.fromEntries([...shown].map(([, name = '', value = '']) => [name, unescape(value)]))
  }
  const send = async (fields: Readonly<Record<string, string>>) => browser.post(screen, fields)
  /** The fields of somebody. */
  const of = (person: string, answers: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(answers).map(([name, value]) => [`${session}.${person}.${name}`, value]))
  /** Opens the form, gives somebody's answers, and sends it. */
  const note = async (person: string, answers: Readonly<Record<string, string>>) =>
    send({ ...(await open()), ...of(person, answers) })
  return { screen, read, open, send, of, note }
}

/** Nobody has been asked. */
export const unasked = { recording: '', transcript: '', publication: '' }
