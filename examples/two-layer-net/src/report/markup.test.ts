import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { escaped, html, trusted } from './markup.ts'

test('text is escaped, markup is not, lists and what is absent are fine', () => {
  const hostile = `<script>alert("1" & '2')</script>`
  expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
  )
  expect(html`${[html`<b>${1}</b>`, undefined, '<', trusted('<i>')]}`.markup).toBe('<b>1</b>&lt;<i>')
})

test('no text gets out of an element or attribute, or brings what no page can hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const safe = escaped(text)
      expect(safe).not.toMatch(/[<>"'\uFFFF]/)
      expect(safe.replaceAll(/[\t\n\r]/g, '')).not.toMatch(/\p{Control}/u)
      expect(safe).not.toMatch(/\p{Surrogate}/u)
    }),
  )
  expect(escaped('\uD800\0é\t\n')).toBe('\uFFFD\uFFFDé\t\n')
})
