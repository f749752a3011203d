import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../../src/cli/server/freePort.ts'
import { until } from '../until.ts'
import { canConnect } from './canConnect.ts'

const run = promisify(execFile)

export interface Postfix {
  /** smtp://127.0.0.1:<port> */
  url: string
  /** To whom the mails went that have arrived in a mailbox. */
  arrived: () => string[]
  stop: () => Promise<void>
}

/**
 * A postfix of our own on 127.0.0.1 that delivers every mail for example.com into one folder.
 * @param options.settings of main.cf, besides.
 * @param options.access what check_recipient_access answers, by address.
 * @param options.atEnd the same, at the end of the message.
 */
export async function startPostfix({
  settings = {},
  access = {},
  atEnd = {},
}: {
  settings?: Record<string, string>
  access?: Record<string, string>
  atEnd?: Record<string, string>
} = {}): Promise<Postfix> {
  // Short: its sockets have names of at most a hundred characters.
  const folder = mkdtempSync('/tmp/pf-')
  chmodSync(folder, 0o755)
  const [config, queue, data, mail] = ['c', 'q', 'd', 'm'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ]
  for (const directory of [config, queue, data, mail]) mkdirSync(directory, { mode: 0o755 })
  await run('chown', ['postfix', data])
  const { stdout } = await run('id', ['-u', 'nobody'])
  await run('chown', ['nobody', mail])
  const port = await freePort()
  const table = (name: string, rows: Record<string, string>) => {
    const file = join(config, name)
    writeFileSync(
      file,
      Object.entries(rows)
        .map(([address, answer]) => `/^${address}$/ ${answer}\n`)
        .join(''),
    )
    return `regexp:${file}`
  }
  writeFileSync(
    join(config, 'main.cf'),
    Object.entries({
      compatibility_level: '3.6',
      myhostname: 'mail.example.com',
      mydestination: '',
      inet_interfaces: '127.0.0.1',
      inet_protocols: 'ipv4',
      mynetworks: '127.0.0.0/8',
      queue_directory: queue,
      data_directory: data,
      maillog_file: join(folder, 'log'),
      maillog_file_prefixes: '/tmp',
      virtual_mailbox_domains: 'example.com',
      virtual_mailbox_base: mail,
      virtual_mailbox_maps: 'static:all/',
      virtual_uid_maps: `static:${stdout.trim()}`,
      virtual_gid_maps: 'static:65534',
      smtpd_recipient_restrictions: `check_recipient_access ${table('access', access)} permit_mynetworks reject`,
      smtpd_end_of_data_restrictions: `check_recipient_access ${table('atEnd', atEnd)}`,
      smtpd_error_sleep_time: '0',
      smtpd_hard_error_limit: '1000',
      ...settings,
    })
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  )
  const services = readFileSync('/etc/postfix/master.cf', 'utf8')
    .split('\n')
    .filter((line) => /^\w\S* +(unix|fifo|unix-dgram) /.test(line) && !/ pipe$/.test(line))
    // Not within a chroot, which Debian fills from /etc.
    .map((line) => line.replace(/^(\S+\s+\S+\s+\S+\s+\S+\s+)\S+/, '$1n'))
  writeFileSync(
    join(config, 'master.cf'),
    [`127.0.0.1:${port} inet n - n - - smtpd`, ...services, ''].join('\n'),
  )
  const master = spawn('/usr/sbin/postfix', ['-c', config, 'start-fg'], { stdio: 'ignore' })
  const ended = new Promise((resolve) => master.once('close', resolve))
  await until('postfix listens', async () => ((await canConnect(port)) ? true : undefined))
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived: () =>
      mailsIn(join(mail, 'all/new')).flatMap((text) => /^X-Original-To: (.*)$/m.exec(text)?.[1] ?? []),
    stop: async () => {
      await run('/usr/sbin/postfix', ['-c', config, 'stop']).catch(() => master.kill('SIGTERM'))
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** postgrey, which asks everybody whom it does not know to come a second later. */
export async function startPostgrey(): Promise<{ policy: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync('/tmp/pg-')
  await run('chown', ['postgrey', folder])
  const port = await freePort()
  const server = spawn(
    '/usr/sbin/postgrey',
    [`--inet=127.0.0.1:${port}`, '--delay=1', `--dbdir=${folder}`, '--auto-whitelist-clients=0'],
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => server.once('close', resolve))
  await until('postgrey listens', async () => ((await canConnect(port)) ? true : undefined))
  return {
    policy: `check_policy_service inet:127.0.0.1:${port}`,
    stop: async () => {
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const mailsIn = (directory: string): string[] => {
  try {
    return readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))
  } catch {
    return []
  }
}
