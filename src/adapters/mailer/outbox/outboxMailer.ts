import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Mail, MailResult, Outcome } from '../../../newsletter/model.ts'
import type { Clock, Mailer } from '../../../newsletter/ports.ts'
import { composeMail } from '../composeMail.ts'
import { diskProblem, isOfTheSystem } from './diskProblem.ts'
import { outboxFileName } from './fileName.ts'

/** Calls of 100 files each: more at once only queue for the disk. */
const CONNECTIONS = 4

/**
 * Writes each mail as an RFC 5322 file into `directory` and submits it to nobody: for trying things out, and for staff to
 * look at. A file counts from the moment it has its name, which it gets when it is whole; a file that is there stays as it
 * is, so a call can be repeated for ever. What is *not* guaranteed: that a file outlives a power cut (no fsync).
 */
export const outboxMailer = ({ directory, clock }: { directory: string; clock: Clock }): Mailer => ({
  name: 'outbox',
  account: 'outbox',
  batchSize: 100,
  reportsEvents: false,
  repeatableMs: Number.MAX_SAFE_INTEGER,
  connections: CONNECTIONS,
  send: async ({ key, mails }): Promise<Outcome> => {
    try {
      await mkdir(directory, { recursive: true })
      const results = await Promise.all(
        mails.map((mail, index) =>
          keepMail({ directory, name: outboxFileName({ key, index }), mail, clock }),
        ),
      )
      return { kind: 'answered', results }
    } catch (error) {
      if (!isOfTheSystem(error)) throw error
      // Some of the files may be there: the same call again leaves them as they are.
      return { kind: 'unknown', problem: diskProblem({ error, directory }) }
    }
  },
  limit: () => ({ kind: 'none' }),
  close: async () => undefined,
})

async function keepMail({
  directory,
  name,
  mail,
  clock,
}: {
  directory: string
  name: string
  mail: Mail
  clock: Clock
}): Promise<MailResult> {
  const path = join(directory, name)
  if (!(await isThere(path))) {
    const message = await new MailComposer({ ...composeMail(mail), date: clock.now() }).compile().build()
    const unfinished = join(directory, `.${name}.${randomUUID()}.part`)
    await writeFile(unfinished, message)
    await rename(unfinished, path)
  }
  return { kind: 'accepted', providerId: name }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
