import { join } from 'node:path'
import { root, run, setUp } from './setup.mjs'

setUp()
// An interrupt is for the program: it ends in its own time, and its exit code is that of the command.
process.on('SIGINT', () => undefined)
const main = join(root, 'examples', 'two-layer-net', 'dist', 'main.js')
process.exit(run(process.execPath, [main, ...process.argv.slice(2)]).status)
