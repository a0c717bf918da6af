import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkForm, readForm, readSent } from './forms.ts'

const sent = (body: string, type = 'application/x-www-form-urlencoded') =>
  new Request('https://hub.example/', { method: 'POST', body, headers: { 'content-type': type } })

const Agenda = z.object({
  title: z.string().min(1, { error: 'form.required' }),
  langs: z.array(z.string()).default([]),
  sessions: z.array(z.object({ title: z.string().min(1, { error: 'form.required' }) })).default([]),
})

test('names with dots make a tree, numbers a list without gaps, and [] always a list', async () => {
  const read = await readForm(sent('title=A&langs[]=fr&sessions.7.title=Two&sessions.3.title=One'), Agenda)
  expect(read).toMatchObject({
    ok: true,
    value: { title: 'A', langs: ['fr'], sessions: [{ title: 'One' }, { title: 'Two' }] },
  })
})

test('what is wrong is named by field and by a message that can be translated', async () => {
  const read = await readForm(sent('title=&sessions.0.title='), Agenda)
  expect(read).toMatchObject({
    ok: false,
    problems: [
      { field: 'title', message: 'form.required' },
      { field: 'sessions.0.title', message: 'form.required' },
    ],
    values: { title: [''] },
  })
})

test('a message of the schema library itself is never shown', () => {
  expect(checkForm({}, z.object({ title: z.string() }))).toMatchObject({
    ok: false,
    problems: [{ field: 'title', message: 'form.invalid' }],
  })
})

test('line ends, NUL and composed letters are made one', async () => {
  const { values } = await readSent(sent(`text=${encodeURIComponent('a\r\nb\0 e\u0301')}`))
  expect(values['text']).toEqual(['a\nb é'])
})

test.each([
  ['{}', 'application/json', 'body: is not a form'],
  ['x', 'multipart/form-data; boundary=y', 'body: is not a whole form'],
  [Array.from({ length: 5001 }, (_, index) => `a${index}=`).join('&'), undefined, 'body: has more than 5000 fields'],
  [`${'n'.repeat(201)}=1`, undefined, 'body: has a field whose name is too long'],
])('a body that is no form is refused: %#', async (body, type, message) => {
  await expect(readSent(sent(body, type))).rejects.toThrow(message)
})

test('names that would reach into the language are left alone', () => {
  const read = checkForm({ '__proto__.polluted': ['1'], 'constructor.prototype.polluted': ['1'] }, z.looseObject({}))
  expect(read).toMatchObject({ ok: true, value: {} })
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})
