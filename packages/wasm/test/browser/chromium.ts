import { existsSync } from 'node:fs'

const candidates = [process.env['CHROMIUM'], '/usr/bin/chromium'].filter((path) => path !== undefined)

/** The Chromium of this machine, or undefined if there is none. */
export const chromiumPath = candidates.find((path) => existsSync(path))

/** It runs without a display and looks for nothing on the network. */
export const chromiumFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
