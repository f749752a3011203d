import { parseArgs } from 'node:util'
import { readEnvOrExit } from '../../env.ts'
import type { Command } from './command.ts'

const help = `Usage: npm run cli -- accept-secret

Says that PAYLOAD_SECRET was changed and the former one is lost for good, so that the start, the doctor and the health
page stop saying so. What the former one made stays lost: links in mails sent before do not work, and addresses that were
erased or suppressed are not recognised by imports and forms. Where the former one is known, set it again instead.
`

export const acceptSecret: Command = {
  name: 'accept-secret',
  summary: 'says that the former PAYLOAD_SECRET is lost for good',
  help,
  run: async (args) => {
    parseArgs({ args, options: {} })
    const env = readEnvOrExit()
    const { openPayload } = await import('../openPayload.ts')
    const { acceptSecret: accept } = await import('../../doctor/secretFingerprint.ts')
    const payload = await openPayload(env)
    try {
      await accept(payload)
      process.stdout.write('From now on this PAYLOAD_SECRET counts.\n')
      return 0
    } finally {
      await payload.destroy()
    }
  },
}
