import { existsSync } from 'node:fs'

const PLACES = [
  // Without any window it draws with a third less work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The browser that the tests drive: CHROMIUM_PATH when it is set, else where Chromium usually is.
 * @returns {string | null}
 */
export const findChromium = () =>
  [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path)) ?? null
