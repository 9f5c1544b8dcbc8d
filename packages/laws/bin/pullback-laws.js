#!/usr/bin/env node
// The command in a clone, where it is linked before anything is built; what is published is linked to what is built.
await import('../bundle/cli/main.js')
