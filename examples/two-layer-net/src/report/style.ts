/** The look of the report, in light and in dark, on wide and on narrow screens and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fdfdfc; --raised: #f3f3f0; --ink: #23262b; --soft: #5d636d; --line: #dcdcd6;
  --accent: #0b62a4; --train: #0b62a4; --validation: #c2570c; --right: #1a7f4b; --wrong: #c2410c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --raised: #1e2127; --ink: #e6e6e2; --soft: #a2a8b3; --line: #353a43;
    --accent: #6cb4f0; --train: #6cb4f0; --validation: #f2a25c; --right: #3fae74; --wrong: #f08a4b;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 70rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
header { border-bottom: 1px solid var(--line); padding-bottom: 1.5rem; }
h1 { font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 0.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.35rem; letter-spacing: -0.01em; margin: 3rem 0 0.75rem; }
h3 { font-size: 1rem; color: var(--soft); font-weight: 600; margin: 1.25rem 0 0.25rem; }
p { max-width: 56rem; margin: 0.5rem 0; }
.lead, .note, figcaption { color: var(--soft); }
.note, figcaption { font-size: 0.9rem; max-width: 62rem; }
.stopped { border-left: 3px solid var(--wrong); padding-left: 0.75rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; }
.figures div { background: var(--raised); border-radius: 0.6rem; padding: 0.75rem 1rem; }
.figures dt { color: var(--soft); font-size: 0.85rem; }
.figures dd { margin: 0; font-size: 1.45rem; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -0.01em; white-space: nowrap; }
.figures .of { font-size: 0.85rem; font-weight: 400; color: var(--soft); letter-spacing: 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2rem; }
.pair > section { min-width: 0; }
figure { margin: 1rem 0; min-width: 0; }
figcaption { margin-top: 0.4rem; overflow-wrap: anywhere; }
.beside { display: flex; flex-wrap: wrap; gap: 0 3rem; align-items: flex-start; } .beside > .scroll { min-width: 0; max-width: 100%; }
@media (min-width: 56rem) { .map figure { display: grid; grid-template-columns: 560px minmax(0, 24rem); gap: 2rem; align-items: center; } }
.picture svg { display: block; max-width: 100%; height: auto; }
.key { white-space: nowrap; margin-right: 0.9em; display: inline-block; max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
.key i { display: inline-block; width: 1.1em; margin-right: 0.35em; vertical-align: middle; }
.key .line { border-top: 3px solid; } .key .dashes { border-top: 3px dashed; }
.key .dot, .key .ring { width: 0.7em; height: 0.7em; border-radius: 50%; }
.key .dot { background: currentColor; } .key .ring { border: 2px solid; }
.whole { white-space: nowrap; }
.scroll { overflow-x: auto; margin: 0.75rem 0; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; min-width: 100%; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0.5rem; text-align: left; vertical-align: baseline; white-space: nowrap; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; } tbody th { font-weight: 500; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
.number { text-align: right; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.92em; }
.confusion { min-width: 0; }
.confusion th, .confusion td { border: 0; padding: 0.4rem 0.55rem; max-width: 11rem; overflow: hidden; text-overflow: ellipsis; }
.confusion td { text-align: center; min-width: 2.6rem; background: color-mix(in srgb, var(--right) var(--strength, 0%), transparent); border: 1px solid var(--paper); }
.confusion .wrong { background: color-mix(in srgb, var(--wrong) var(--strength, 0%), transparent); }
.confusion .deep { color: var(--paper); font-weight: 600; }
.confusion .recall { background: none; color: var(--soft); text-align: right; }
.confusion thead th { text-align: center; } .confusion .hint { font-weight: 400; font-size: 0.85em; }
.confusion thead th:first-child { text-align: left; padding-left: 0; } .confusion tbody th { padding-left: 0; }
.options { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 0 2rem; margin: 0.75rem 0; }
.options div { display: flex; gap: 1rem; justify-content: space-between; border-bottom: 1px solid var(--line); padding: 0.35rem 0; }
.options dt { white-space: nowrap; } .options dd { margin: 0; text-align: right; overflow-wrap: anywhere; min-width: 0; }
.weights { display: grid; grid-template-columns: repeat(auto-fill, minmax(3.4rem, 1fr)); gap: 0.35rem; }
.weights img { width: 100%; height: auto; aspect-ratio: 1; image-rendering: pixelated; border-radius: 0.2rem; }
.graph svg { max-height: 60rem; width: auto; }
.graph text { fill: var(--ink); stroke: none; }
.graph [stroke="black"] { stroke: var(--soft); } .graph [fill="black"] { fill: var(--soft); }
.graph [fill="white"] { fill: none; } .graph [stroke="white"] { stroke: none; }
.katex-display { text-align: left; margin: 0.5rem 0; padding: 0.25rem 0; } .katex-display > .katex { text-align: left; }
.katex { font-size: 1.08em; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; color: var(--soft); font-size: 0.9rem; }
@media (max-width: 34rem) { body { padding-top: 1.25rem; } .figures dd { font-size: 1.15rem; } .figures div { padding: 0.6rem 0.75rem; } .confusion th { max-width: 6rem; } .figures { grid-template-columns: 1fr 1fr; } }
@media print { :root { color-scheme: light; } .scroll { overflow: visible; } h2 { break-after: avoid; } figure { break-inside: avoid; } }
`
