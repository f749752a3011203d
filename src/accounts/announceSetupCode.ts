import type { BasePayload } from 'payload'
import { depsOf } from '../deps.ts'
import { prepareSetupCode } from './setupCode.ts'

/**
 * While there is no user, a start of the web server prints what the first registration asks for: on its output alone, and
 * past the log, which others may collect.
 * @throws what the database throws.
 */
export async function announceSetupCode(
  payload: BasePayload,
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<void> {
  const notice = await prepareSetupCode(payload)
  if (notice.kind === 'none') return
  const code = notice.kind === 'made' ? notice.code : '(the one in SETUP_CODE)'
  print(
    [
      '',
      'Nobody has a login yet. Register the first user, who becomes an admin:',
      `  ${depsOf(payload).env.serverUrl}/admin`,
      `  Setup code: ${code}`,
      'Or on this machine: npm run cli -- create-user --help',
      '',
      '',
    ].join('\n'),
  )
}
