import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../../src/cli/server/freePort.ts'
import { until } from '../until.ts'
import { canConnect } from './canConnect.ts'

/** dovecot, of which postfix asks whether a login is right. */
export async function startDovecot({
  user,
  password,
}: {
  user: string
  password: string
}): Promise<{ settings: Record<string, string>; stop: () => Promise<void> }> {
  // Short: its sockets have names of at most a hundred characters.
  const folder = mkdtempSync('/tmp/dc-')
  chmodSync(folder, 0o755)
  const port = await freePort()
  const [config, users] = ['dovecot.conf', 'users'].map((name) => join(folder, name)) as [string, string]
  writeFileSync(users, `${user}:{PLAIN}${password}\n`)
  writeFileSync(
    config,
    `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols =
ssl = no
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = ${users}
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${port}
  }
}
`,
  )
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore' })
  const ended = new Promise((resolve) => server.once('close', resolve))
  await until('dovecot listens', async () => ((await canConnect(port)) ? true : undefined))
  return {
    settings: {
      smtpd_sasl_auth_enable: 'yes',
      smtpd_sasl_type: 'dovecot',
      smtpd_sasl_path: `inet:127.0.0.1:${port}`,
      smtpd_tls_auth_only: 'yes',
      smtpd_recipient_restrictions: 'permit_sasl_authenticated, reject',
    },
    stop: async () => {
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
