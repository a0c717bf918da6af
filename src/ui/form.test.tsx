import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { aPageContext } from '#testing/page-context.ts'
import { Form, type FormState } from './index.ts'

const linesOf = (lang: string) => {
  const form: FormState = {
    values: {},
    problems: [
      { field: 'title', message: 'form.required' },
      { field: 'sessions.0.day', message: 'form.invalid' },
      { field: '', message: 'form.tooLong' },
    ],
    context: aPageContext(lang),
  }
  const title = lang === 'fr' ? 'Titre' : 'Title'
  const html = renderToString(
    <Form form={form} labels={(field) => (field === 'title' ? title : undefined)}>
      <p>…</p>
    </Form>,
  )
  return [...html.matchAll(/<li>(.*?)<\/li>/g)].map(([, line]) => line)
}

test('each line of what is wrong with a form names its field, where its label is known', () => {
  expect(linesOf('en')).toEqual([
    '<a href="#f-title">Title: This must be filled in.</a>',
    '<a href="#f-sessions-0-day">This cannot be read as it stands.</a>',
    'This is too long.',
  ])
  expect(linesOf('fr')[0]).toBe('<a href="#f-title">Titre\u202f: Ce champ doit être rempli.</a>')
})
