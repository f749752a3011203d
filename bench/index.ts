import { benchApi } from './api.ts'

/** `npm run bench -- <name>`: what the speed claims rest on. Each prints a table for people and one line of JSON. */
const BENCHES: Record<string, (options: { isQuick: boolean }) => Promise<void>> = { api: benchApi }

const [name = '', ...options] = process.argv.slice(2)
const bench = BENCHES[name]
if (!bench) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--quick]`)
  process.exit(2)
}
await bench({ isQuick: options.includes('--quick') })
process.exit(0)
