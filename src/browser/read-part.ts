/** The part of another page that plays and shows a recording, by its place there. Throws where it cannot be had. */
export async function readPart(url: URL, index: number): Promise<Element> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(String(response.status))
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const part = page.querySelectorAll('recording-player')[index]
  if (!part) throw new Error('no recording')
  return part
}
