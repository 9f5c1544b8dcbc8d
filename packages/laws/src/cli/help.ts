import { lawNames } from '../law/law.ts'
import { wrap } from '../report/wrap.ts'

/** What `--help` prints. */
export const help = `Usage: pullback-laws MODULE... [options]

Holds every layer that the modules export to the laws. An export is a layer, a
function without arguments that gives one, a fast-check arbitrary of layers or
configurations, or { layer, options } with the options of layerLaws.

  --runs N         samples for every law; 100 unless given
  --seed N         what samples are drawn from; a fresh one unless given
  --law NAME       this law alone; may be repeated, or a list with commas
  --except NAME    all laws but this one; may be repeated, or a list with commas
  --filter NAME    exports whose name contains this
  --replay TOKEN   one counterexample, as a report prints it
  --junit FILE     writes the results as JUnit XML
  --json FILE      writes the results as JSON
  --help           prints this

Exit code: 0 if all laws hold, 1 if one is violated, 2 if the command line or a
module is wrong.

Laws: ${wrap(lawNames.join(', '), 72).join('\n      ')}
`
