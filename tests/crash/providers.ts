import { resendVariables } from '../support/mailing/mailingSite.ts'
import { startEmulator } from '../support/processes/startEmulator.ts'
import { startSmtpServer } from '../support/smtp/startSmtpServer.ts'

/** Who takes the mails of a campaign that is restored. */
export interface TestProvider {
  variables: Record<string, string>
  /** The addresses of all mails that were taken, in their order. */
  mailed: () => Promise<string[]>
  /** Time passes between the original and what is restored. */
  afterTheOriginal: () => Promise<void>
  stop: () => Promise<void>
}

const MORE_THAN_A_DAY_MS = 25 * 60 * 60_000

/** @param options.forgets whether it has forgotten its keys when the backup is restored. */
export async function resendProvider({ forgets }: { forgets: boolean }): Promise<TestProvider> {
  const emulator = await startEmulator({ flags: ['--latency', '100'] })
  return {
    variables: resendVariables(emulator.url),
    mailed: async () => (await emulator.mails()).map(({ to }) => to[0] ?? ''),
    afterTheOriginal: async () => {
      if (forgets) await emulator.set({ clockOffsetMs: MORE_THAN_A_DAY_MS })
    },
    stop: emulator.stop,
  }
}

export async function smtpProvider(): Promise<TestProvider> {
  const server = await startSmtpServer()
  return {
    variables: { MAILER: 'smtp', SMTP_URL: server.url },
    mailed: async () => server.messages.flatMap(({ to }) => to),
    afterTheOriginal: async () => undefined,
    stop: server.stop,
  }
}
