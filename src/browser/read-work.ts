/** The forms of a transcript as the hub draws them, asked for or in answer to what was sent. Throws where they cannot be had. */
export async function readWork(address: string, sent?: URLSearchParams): Promise<{ url: URL; work: HTMLElement }> {
  const answer = await fetch(address, sent ? { method: 'POST', body: sent } : {})
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const work = page.querySelector<HTMLElement>('transcript-editor .work')
  if (!work) throw new Error(String(answer.status))
  return { url: new URL(answer.url), work }
}
