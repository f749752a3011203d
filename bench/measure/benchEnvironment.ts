import { freePort } from '../../src/cli/server/freePort.ts'

/**
 * The variables of a product on a fresh SQLite file, without a worker. Nothing of the machine's own setting but the path to
 * its programs.
 * @param options.folder gets the database and the files.
 * @param options.webhookSecret mails go through Resend, whose webhooks are signed with it.
 */
export async function benchEnvironment({
  folder,
  webhookSecret,
}: {
  folder: string
  webhookSecret?: string
}): Promise<Record<string, string>> {
  const port = await freePort()
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: `file:${folder}/utskick.db`,
    DATA_DIR: folder,
    PAYLOAD_SECRET: 'the secret of a benchmark',
    PORT: String(port),
    SERVER_URL: `http://127.0.0.1:${port}`,
    WORKER: 'off',
    ...(webhookSecret !== undefined && {
      MAILER: 'resend',
      RESEND_API_KEY: 're_bench',
      // Nobody listens there: nothing is mailed.
      RESEND_BASE_URL: 'http://127.0.0.1:9',
      RESEND_WEBHOOK_SECRET: webhookSecret,
    }),
  }
}
