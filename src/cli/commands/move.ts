import { parseArgs } from 'node:util'
import { readEnvOrExit } from '../../env.ts'
import type { Command } from './command.ts'

const help = `Usage: npm run cli -- move

Says that this installation was moved here as it was: it was stopped before it was copied, and the former one never starts
again. Run it in the new place before the first start there. Then nothing is paused. After a restore from a backup do not run
it: what was mailed since the backup would be mailed a second time.
`

export const move: Command = {
  name: 'move',
  summary: 'says that the installation was moved here, and not restored',
  help,
  run: async (args) => {
    parseArgs({ args, options: {} })
    const env = readEnvOrExit()
    const { openPayload } = await import('../openPayload.ts')
    const { acceptMove } = await import('../../restore/noteStartOf.ts')
    const payload = await openPayload(env)
    try {
      await acceptMove(payload)
      process.stdout.write(
        'This is where the installation is from now on. The next start goes on with what waits.\n',
      )
      return 0
    } finally {
      await payload.destroy()
    }
  },
}
