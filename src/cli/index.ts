import { runCommand } from './runCommand.ts'

process.exit(await runCommand(process.argv.slice(2)))
