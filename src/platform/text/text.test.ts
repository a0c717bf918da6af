import { expect, test } from 'vitest'
import { cleanText, hashText, jsonForHtml, plainText, renderMarkdown, shorten } from './index.ts'

const html = (source: string, below?: number) => renderMarkdown(source, below).__html

test('Markdown becomes plain HTML', () => {
  const source = 'Two **days**, _four_ `sessions`.\n\n1. One\n2. Two\n\n> Said\n\n| a | b |\n| - | - |\n| 1 | 2 |'
  expect(html(source)).toBe(
    [
      '<p>Two <strong>days</strong>, <em>four</em> <code>sessions</code>.</p>',
      '<ol>\n<li>One</li>\n<li>Two</li>\n</ol>',
      '<blockquote>\n<p>Said</p>\n</blockquote>',
      '<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>',
    ].join('\n'),
  )
})

test('headings stand below the one above them and skip no level', () => {
  expect(html('# A\n\n#### B\n\n## C', 2)).toBe('<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>')
  expect(html('### A', 1)).toBe('<h2>A</h2>')
  expect(html('# A\n\n## B\n\n### C', 5)).toBe('<h6>A</h6>\n<h6>B</h6>\n<h6>C</h6>')
})

test('links keep to the web and to mail, and those that lead away open nothing of ours', () => {
  expect(html('[a](https://example.org/x) [b](/fr/seminars) [c](mailto:a@example.org) [d](#agenda)')).toBe(
    '<p><a href="https://example.org/x" rel="noopener">a</a> <a href="/fr/seminars">b</a> <a href="mailto:a@example.org">c</a> <a href="#agenda">d</a></p>',
  )
})

test('pictures come from the hub’s own files only', () => {
  expect(html('![A map](/files/ab12/map.png)')).toBe('<p><img src="/files/ab12/map.png" alt="A map" /></p>')
  expect(html('![x](https://example.org/p.gif)![y](//example.org/p.gif)![z](data:image/svg+xml,x)')).not.toContain(
    '<img',
  )
})

// From the OWASP cheat sheet on filter evasion, and Markdown's own ways in.
const attacks = [
  '<script>alert(1)</script>',
  '<IMG SRC=javascript:alert(1)>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<<SCRIPT>alert(1);//<</SCRIPT>',
  '<style>@import "//example.org"</style>',
  '<form action=//example.org><input></form>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](&#x6A;&#x61;vascript:alert(1))',
  '[x](vbscript:x)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](\u0001javascript:alert(1))',
  '[x](//example.org)',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '![x](javascript:alert(1))',
  '![x" onerror="alert(1)](/files/a.png)',
  '[x](https://example.org "onmouseover=alert(1)")',
  '[x](https://example.org/"onmouseover="alert(1))',
  '```"><script>alert(1)</script>\nx\n```',
  '| <script>alert(1)</script> |\n| - |',
  '<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></math>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
]

test.each(attacks)('no script gets through: %s', (attack) => {
  const made = html(attack)
  const tags = made.match(/<[^>]*>/g) ?? []
  const allowed =
    /^<\/?(?:p|ul|ol|li|pre|code|strong|em|table|thead|tbody|tr|th|td)>$|^<a(?: href="(?:https:\/\/|\/[^/])[^"<>]*"(?: rel="noopener")?)?>$|^<\/a>$|^<img src="\/files\/[^"<>]*" alt="[^"<>]*" \/>$/
  expect(tags.filter((tag) => !allowed.test(tag))).toEqual([])
})

test('what reorders or hides text is taken out, what joins it stays', () => {
  expect(cleanText('a\u202Eb\u2066c\u2069d\u0000e\r\nf\u200Fg\th')).toBe('abcde\nf\u200Fg\th')
  expect(html('abc\u202Edef')).toBe('<p>abcdef</p>')
})

test('a summary has words only and ends between them', () => {
  expect(plainText('## Title\n\nTwo **bold** [words](https://example.org)\nand `code`.\n\n- item')).toBe(
    'Title Two bold words and code. item',
  )
  expect(plainText('One two three four', 12)).toBe('One two…')
  expect(plainText('', 10)).toBe('')
})

test('a text is never cut inside a character', () => {
  expect(shorten('aaaa😀bbbb', 6)).toBe('aaaa…')
  expect([shorten('abc', 3), shorten('abcdef', 3), shorten('a, b, cdefgh', 6)]).toEqual(['abc', 'ab…', 'a, b…'])
})

test('a very long text is bounded', () => {
  expect(html('a '.repeat(500_000)).length).toBeLessThan(250_000)
})

test('a fingerprint sees the words, not their encoding', () => {
  expect(hashText('é\r\nb')).toBe(hashText('e\u0301\nb'))
  expect(hashText('a')).not.toBe(hashText('b'))
  expect(hashText('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('JSON inside a page cannot leave its element', () => {
  const value = { name: '</script><!-- \u2028 & "x"' }
  const { __html: json } = jsonForHtml(value)
  expect(json).toBe('{"name":"\\u003c/script\\u003e\\u003c!-- \\u2028 & \\"x\\""}')
  expect(JSON.parse(json)).toEqual(value)
  expect(jsonForHtml(undefined).__html).toBe('null')
})
