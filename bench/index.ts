import { onStop } from '../src/cli/server/onStop.ts'
import { benchApi } from './api.ts'
import { benchAttacks } from './attacks.ts'
import { benchDesk } from './desk.ts'
import { benchEvents } from './events.ts'
import { benchImport } from './import.ts'
import { benchLook } from './look.ts'
import { benchMailing } from './mailing.ts'
import { benchQueries } from './queries.ts'
import { benchSend } from './send.ts'
import { benchWebhooks } from './webhooks.ts'

/** `npm run bench -- <name>`: what the speed claims rest on. Each prints a table for people and one line of JSON. */
const BENCHES: Record<string, (options: string[]) => Promise<void>> = {
  api: (options) => benchApi({ isQuick: options.includes('--quick') }),
  import: benchImport,
  send: benchSend,
  events: benchEvents,
  queries: benchQueries,
  desk: benchDesk,
  look: (options) => benchLook({ inBrowser: options.includes('--browser') }),
  mailing: benchMailing,
  attacks: benchAttacks,
  webhooks: benchWebhooks,
}

const [name = '', ...options] = process.argv.slice(2)
const bench = BENCHES[name]
if (!bench) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--quick] [--browser]`)
  process.exit(2)
}
// What was started and made ends and goes with this process: see measure/.
onStop(() => process.exit(1))
await bench(options)
process.exit(0)
