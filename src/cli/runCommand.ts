import { acceptSecret } from './commands/acceptSecret.ts'
import { createUser } from './commands/createUser.ts'
import { doctor } from './commands/doctor.ts'
import { UsageError, type Command } from './commands/command.ts'
import { exportSubscribers } from './commands/exportSubscribers.ts'
import { importSubscribers } from './commands/importSubscribers.ts'
import { move } from './commands/move.ts'

const commands: Command[] = [importSubscribers, exportSubscribers, createUser, doctor, acceptSecret, move]

/**
 * What `npm run cli -- <command>` does, by what stands behind `--`; it prints to this process's stdout and stderr.
 * @returns the exit code: 0 when it is done, 1 when it could not be, 2 when it was called wrongly.
 */
export async function runCommand([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const write = name === undefined ? process.stderr : process.stdout
    write.write(usage())
    return name === undefined ? 2 : 0
  }
  const command = commands.find((known) => known.name === name)
  if (!command) {
    process.stderr.write(`There is no command “${name}”.\n\n${usage()}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    if (!isUsageError(error)) throw error
    process.stderr.write(`${error.message}\n\n${command.help}`)
    return 2
  }
}

/** Ours, and those of Node's parseArgs. */
const isUsageError = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'))

function usage(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return [
    'Usage: npm run cli -- <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'npm run cli -- <command> --help tells more.',
    '',
  ].join('\n')
}
