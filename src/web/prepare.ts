import config from '@payload-config'
import { announceSetupCode } from '../accounts/announceSetupCode.ts'
import { boot } from '../boot.ts'
import { takeShortly } from '../endpoints/webhooks/resend.ts'
import { noteStartOf } from '../restore/noteStartOf.ts'
import { offerShortWay } from './shortWay.ts'

/**
 * Opens the database, which migrates SQLite, before the first request. A server that cannot ends with code 1 and says why in
 * one line, so that whatever started it tries again: it would answer 500 for ever.
 */
export async function prepareOrExit(): Promise<void> {
  try {
    const payload = await boot(config)
    await noteStartOf(payload)
    await announceSetupCode(payload)
    offerShortWay(takeShortly(payload))
  } catch (error) {
    console.error(`web.not_started The database cannot be opened: ${describe(error)}`)
    process.exit(1)
  }
}

/** One line, without the user and the password of an address. */
const describe = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/\/\/[^@\s/]+@/g, '//…@')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
