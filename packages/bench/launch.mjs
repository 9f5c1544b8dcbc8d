// `npm run bench`: builds the packages, as a user would have them, and runs the command in plain Node.
import { join } from 'node:path'
import { root, run, setUp } from '../../.workspace/setup.mjs'

setUp()
const main = join(root, 'packages', 'bench', 'dist', 'main.js')
process.exit(run(process.execPath, [main, ...process.argv.slice(2)]).status)
