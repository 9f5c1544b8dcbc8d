import { join } from 'node:path'
import { root, run, setUp } from './setup.mjs'

setUp()
const main = join(root, 'examples', 'two-layer-net', 'dist', 'main.js')
process.exit(run(process.execPath, [main, ...process.argv.slice(2)]).status)
