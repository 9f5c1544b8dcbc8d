export { moduleBuilder } from './assembler/module.ts'
