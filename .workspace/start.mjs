import { join } from 'node:path'
import { build, install, root, run } from './setup.mjs'

install()
build()
const main = join(root, 'examples', 'two-layer-net', 'dist', 'main.js')
process.exit(run(process.execPath, [main, ...process.argv.slice(2)]).status)
