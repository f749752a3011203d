/** `npm run emulator`: a local Resend that stays until it is told to end. */
import { helpText } from './flags/flags.ts'
import { readFlags, type ReadFlags } from './flags/readFlags.ts'
import { startResendEmulator } from './startResendEmulator.ts'
import { EMULATOR_SECRET } from './webhooks/sign.ts'

const read = readFlags(process.argv.slice(2))
if (read.kind === 'start') await run(read)
else if (read.kind === 'help') process.stdout.write(helpText())
else {
  process.stderr.write(`${read.message}\nWhat there is: npm run emulator -- --help\n`)
  process.exitCode = 2
}

async function run({ options, faults }: Extract<ReadFlags, { kind: 'start' }>): Promise<void> {
  const emulator = await startResendEmulator(options).catch((error: unknown) => {
    process.stderr.write(
      `Port ${options.port} cannot be had: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(1)
  })
  emulator.failNext(...faults.next)
  emulator.failEvery(faults.every)
  emulator.failSome(faults.random)
  const { url, seed, settings } = emulator
  const lines = [
    `Resend emulator   ${url}`,
    `What it received  ${url}/`,
    `Seed              ${seed}`,
    '',
    'For Utskick:',
    'MAILER=resend',
    `RESEND_BASE_URL=${url}`,
    `RESEND_API_KEY=${options.apiKey ?? 're_emulator'}`,
    ...(settings.webhookUrl === null
      ? []
      : [`RESEND_WEBHOOK_SECRET=${options.webhookSecret ?? EMULATOR_SECRET}`]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void emulator.stop().then(() => process.exit(0)))
}
