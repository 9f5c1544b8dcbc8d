import { expect, it } from 'vitest'
import { plain } from '../report/colours.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { results } from './results.fixture.ts'
import { table } from './table.ts'

it('writes a table', () => {
  expect(table(results.results, plain)).toMatchInlineSnapshot(`
    "layer  law         runs  verdict   undecided
    a<b    structure    100  holds           0 %
           gradient     100  holds        1.25 %
    clip   finiteness     3  violated        0 %"
  `)
})

it('writes JUnit XML', () => {
  expect(junit(results)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="pullback-laws" tests="3" failures="1" errors="0" time="0.875">
      <testsuite name="a&lt;b" tests="2" failures="0" errors="0" time="0.750">
        <properties><property name="seed" value="7"/></properties>
        <testcase classname="a&lt;b" name="structure" time="0.250">
          <system-out>100 runs, 0.00 % undecided</system-out>
        </testcase>
        <testcase classname="a&lt;b" name="gradient" time="0.500">
          <system-out>100 runs, 1.25 % undecided</system-out>
        </testcase>
      </testsuite>
      <testsuite name="clip" tests="1" failures="1" errors="0" time="0.125">
        <properties><property name="seed" value="7"/></properties>
        <testcase classname="clip" name="finiteness" time="0.125">
          <failure type="finiteness" message="the output is &quot;not&quot; finite">clip violates the law finiteness

      what      the output is &quot;not&quot; finite
      layer     relu of [1]
      where     output[0]
      is        Infinity
      at        input [1]    1
                dOutput [1]  1
      found by  seed 7, path &quot;2:0&quot;
      replay    clip/finiteness/7/2:0</failure>
          <system-out>3 runs, 0.00 % undecided</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

it('writes JSON', () => {
  expect(JSON.parse(json(results))).toMatchInlineSnapshot(`
    {
      "holds": false,
      "layers": [
        {
          "laws": [
            {
              "law": "structure",
              "runs": 100,
              "seconds": 0.25,
              "undecided": 0,
              "verdict": "holds",
            },
            {
              "law": "gradient",
              "runs": 100,
              "seconds": 0.5,
              "undecided": 0.0125,
              "verdict": "holds",
            },
          ],
          "name": "a<b",
        },
        {
          "laws": [
            {
              "failure": {
                "analytic": "Infinity",
                "path": "2:0",
                "place": {
                  "index": [
                    0,
                  ],
                  "tensor": "output",
                },
                "seed": 7,
                "sentence": "the output is "not" finite",
                "token": "clip/finiteness/7/2:0",
              },
              "law": "finiteness",
              "runs": 3,
              "seconds": 0.125,
              "undecided": 0,
              "verdict": "violated",
            },
          ],
          "name": "clip",
        },
      ],
      "seed": 7,
    }
  `)
})
