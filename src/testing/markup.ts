import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  elements: [
    'html5',
    {
      'reader-time': { flow: true, phrasing: true, permittedContent: ['@phrasing'] },
      'job-progress': { flow: true, permittedContent: ['@flow'] },
      'kept-form': { flow: true, permittedContent: ['@flow'] },
      'markdown-preview': { flow: true, permittedContent: ['@flow'] },
      'record-picker': { flow: true, permittedContent: ['@flow'] },
      'agenda-builder': { flow: true, permittedContent: ['@flow'] },
    },
  ],
  rules: {
    // A title names the page and the hub; search engines shorten it, readers of many tabs do not mind.
    'long-title': 'off',
    'no-inline-style': 'error',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
  },
})

/** What is wrong with the HTML of a page: rule, message and the text it is about. Empty when it is valid. */
export async function findMarkupFaults(html: string): Promise<string[]> {
  const report = await validator.validateString(html)
  const messages = report.results.flatMap((result) => result.messages)
  return messages.map(({ ruleId, message, offset }) => `${ruleId}: ${message} at ${html.slice(offset, offset + 80)}`)
}
