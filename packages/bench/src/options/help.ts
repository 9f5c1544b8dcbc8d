import { catalog } from '../peers/catalog.ts'
import { titleOf } from '../peers/title.ts'
import { sizes } from '../problem/sizes.ts'

const sizeLines = sizes.map(({ name, N, D, H, C }) => `  ${name.padEnd(10)}N=${N} D=${D} H=${H} C=${C}`)

/** What `--help` prints. */
export const help = `Measures one training step of the two-layer net, this library beside its peers.

  npm run bench -- [options]

  --sizes NAMES   some of the sizes below, with commas between them
  --peers NAMES   some of the peers below, by parts of their names, or by
                  family: pullback, javascript, python, floor
  --rounds NUMBER how often each peer takes its turn; 15 unless given
  --out PATH      the folder that is written to; out/bench unless given
  --python PATH   the Python of the Python peers
  --quick         short batches and 3 rounds: to see that all works
  --scaling       how the cost of a step of this library grows, instead
  -h, --help      this text

Sizes:
${sizeLines.join('\n')}

Peers:
${catalog.map((peer) => `  ${titleOf(peer)}`).join('\n')}
`
