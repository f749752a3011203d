import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser, type AddressObject } from 'mailparser'
import { memoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { outboxMailer } from '../../src/adapters/mailer/outbox/outboxMailer.ts'
import { resendMailer } from '../../src/adapters/mailer/resend/resendMailer.ts'
import { smtpMailer } from '../../src/adapters/mailer/smtp/smtpMailer.ts'
import type { Mail } from '../../src/newsletter/model.ts'
import type { Mailer } from '../../src/newsletter/ports.ts'
import { startResendEmulator } from '../../emulator/startResendEmulator.ts'
import { startSmtpServer } from '../support/smtp/startSmtpServer.ts'

/** A mail as it comes out at the other end; `messageId` and `feedbackId` null and no tags where the mailer does not pass ours on. */
export type Received = Mail

export interface Subject {
  mailer: Mailer
  /** What has been taken, in the order of arrival. */
  received: () => Promise<Received[]>
  stop: () => Promise<void>
}

const systemClock = { now: () => new Date() }

/** Every mailer, each with something real to take its mails; no pause is waited for. */
export const SUBJECTS: Record<string, () => Promise<Subject>> = {
  memory: async () => {
    const mailer = memoryMailer()
    return { mailer, received: async () => [...mailer.mails], stop: async () => undefined }
  },

  outbox: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'utskick-outbox-'))
    return {
      mailer: outboxMailer({ directory, clock: systemClock }),
      received: async () => {
        const names = (await readdir(directory)).filter((name) => name.endsWith('.eml')).sort()
        return Promise.all(names.map(async (name) => parseMail(await readFile(join(directory, name)))))
      },
      stop: () => rm(directory, { recursive: true, force: true }),
    }
  },

  resend: async () => {
    const emulator = await startResendEmulator({ apiKey: 're_test' })
    return {
      mailer: resendMailer({ apiKey: 're_test', baseUrl: emulator.url, clock: systemClock }),
      received: async () =>
        emulator.mails.map(({ from, to, replyTo, subject, html, text, headers, tags }) => ({
          from: readAddress(from),
          to: nameless(readAddress(to[0] ?? '')),
          replyTo: replyTo[0] ?? null,
          subject,
          html: html ?? '',
          text: text ?? '',
          headers,
          tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])),
          messageId: null,
          feedbackId: null,
        })),
      stop: emulator.stop,
    }
  },

  smtp: async () => {
    const server = await startSmtpServer()
    return {
      mailer: smtpMailer({ url: server.url }),
      received: () => Promise.all(server.messages.map(({ source }) => parseMail(source))),
      stop: server.stop,
    }
  },
}

const OF_THE_MESSAGE = ['List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Id']

/** An RFC 5322 message read by a parser that is not the one that made it. */
export async function parseMail(source: Buffer): Promise<Received> {
  const parsed = await simpleParser(source, { skipTextToHtml: true, skipHtmlToText: true })
  const headerOf = (name: string) => {
    const line = parsed.headerLines.find(({ key }) => key === name.toLowerCase())?.line
    return line
      ?.slice(name.length + 1)
      .replace(/\r\n[ \t]+/g, ' ')
      .trim()
  }
  const headers = OF_THE_MESSAGE.flatMap((name) => {
    const value = headerOf(name)
    return value === undefined ? [] : [[name, value]]
  })
  return {
    from: firstOf(parsed.from),
    to: nameless(firstOf(parsed.to)),
    replyTo: parsed.replyTo ? firstOf(parsed.replyTo).email : null,
    subject: parsed.subject ?? '',
    html: parsed.html || '',
    text: parsed.text ?? '',
    headers: Object.fromEntries(headers),
    tags: {},
    messageId: parsed.messageId ?? null,
    feedbackId: headerOf('Feedback-ID') ?? null,
  }
}

const nameless = ({ name, email }: { name: string; email: string }) => ({ name: name || null, email })

function firstOf(addresses: AddressObject | AddressObject[] | undefined) {
  const first = [addresses ?? []].flat()[0]?.value[0]
  return { name: first?.name ?? '', email: first?.address ?? '' }
}

const readAddress = (named: string) => {
  const [, name = '', email = named] = /^(.*) <(.*)>$/.exec(named) ?? []
  return { name: name.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1'), email }
}
