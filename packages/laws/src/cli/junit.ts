import { report } from '../report/report.ts'
import type { Result, Results } from './result.ts'

/** Text for XML 1.0, in which most control characters do not exist. */
const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')

const total = (results: readonly Result[]) => ({
  tests: results.length,
  failures: results.filter(({ failure }) => failure !== undefined).length,
  errors: 0,
  time: results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
})

function testcase({ layer, law, seconds, undecided, runs, failure }: Result): readonly string[] {
  const head = `    <testcase${attributes({ classname: layer, name: law, time: seconds.toFixed(3) })}>`
  const text =
    failure?.violation === undefined
      ? (failure?.sentence ?? '')
      : report(failure.violation, {
          name: layer,
          seed: failure.seed,
          path: failure.path,
          replay: failure.token,
        })
  const failed =
    failure === undefined
      ? []
      : [
          `      <failure${attributes({ type: law, message: failure.sentence })}>${escaped(text).replaceAll('&#10;', '\n')}</failure>`,
        ]
  const facts = `${runs} runs, ${(100 * undecided).toFixed(2)} % undecided`
  return [head, ...failed, `      <system-out>${facts}</system-out>`, '    </testcase>']
}

/** The results as JUnit XML: a suite a layer, a test case a law. */
export function junit({ seed, results }: Results): string {
  const layers = [...new Set(results.map(({ layer }) => layer))]
  const suites = layers.flatMap((layer) => {
    const own = results.filter((result) => result.layer === layer)
    return [
      `  <testsuite${attributes({ name: layer, ...total(own) })}>`,
      `    <properties><property name="seed" value="${seed}"/></properties>`,
      ...own.flatMap(testcase),
      '  </testsuite>',
    ]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'pullback-laws', ...total(results) })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}
