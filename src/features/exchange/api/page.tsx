import type { PageContext } from '#ui/context.ts'
import { Layout, renderPage } from '#ui/layout.tsx'
import { operations, type Operation } from './operations.ts'

/** The interface in words, for people, at `/api/v1`. In English, like the description it leads to. */
export function renderApiPage(context: PageContext): string {
  return renderPage(
    <Layout
      context={context}
      title="API"
      description="How other programs read this hub."
      alternates={{ en: '/api/v1' }}
    >
      <article lang="en" dir="ltr">
        <h1>API</h1>
        <p>
          What this hub publishes, other programs may read: no key, no account, JSON over HTTP. The formal description
          is <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
        </p>
        <h2>What can be asked</h2>
        <table>
          <caption>Addresses</caption>
          <thead>
            <tr>
              <th scope="col">Address</th>
              <th scope="col">Gives</th>
              <th scope="col">Parameters</th>
            </tr>
          </thead>
          <tbody>{Object.values(operations).map((operation) => row(operation))}</tbody>
        </table>
        <h2>Good to know</h2>
        <ul>
          <li>Every text is an object: its language, its state (source, current, behind, machine) and its value.</li>
          <li>
            <code>?lang=fr</code> picks the language. A text that is not there in French comes in another language, and
            says so.
          </li>
          <li>
            A session has its recordings: tracks with their files, captions and chapters. Times are seconds from the
            beginning of the recording; <code>?t=754</code> at the page of a session opens that second.
          </li>
          <li>
            A list has its items, their total, and the address of the next page; a page holds 20 items, or up to 100.
          </li>
          <li>A mistake is answered with a problem document that names the parameter.</li>
        </ul>
      </article>
    </Layout>,
  )
}

function row(operation: Operation) {
  const path = `/api/v1${operation.path}`
  return (
    <tr>
      <td>{operation.path.includes('{') ? <code>{path}</code> : <a href={path}>{path}</a>}</td>
      <td>{operation.summary}</td>
      <td>{Object.keys(operation.query.shape).join(', ')}</td>
    </tr>
  )
}
