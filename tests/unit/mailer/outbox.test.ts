import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { diskProblem } from '../../../src/adapters/mailer/outbox/diskProblem.ts'
import { outboxFileName } from '../../../src/adapters/mailer/outbox/fileName.ts'
import { outboxMailer } from '../../../src/adapters/mailer/outbox/outboxMailer.ts'
import { listOutbox, readOutboxMail } from '../../../src/adapters/mailer/outbox/readOutbox.ts'
import type { Mail } from '../../../src/newsletter/model.ts'
import { mailsTo, mailTo } from '../../support/mailOf.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'utskick-outbox-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const clock = { now: () => new Date('2026-11-24T08:15:30Z') }
const mailerIn = (folder = directory) => outboxMailer({ directory: folder, clock })
const submit = (mails: Mail[], key = 'campaign-1-1') => mailerIn().send({ key, mails })

describe('a file of the outbox', () => {
  it('is flat in its folder, named after its call, and complete', async () => {
    await submit(mailsTo(2))
    expect((await readdir(directory)).sort()).toEqual(['campaign-1-1-001.eml', 'campaign-1-1-002.eml'])
  })

  it('is an RFC 5322 message: CRLF, no line over 998, two quoted-printable alternatives, ASCII alone', async () => {
    await submit([mailTo('a@example.com', { html: `<p>${'å'.repeat(5_000)}</p>`, subject: 'Å'.repeat(300) })])
    const source = await readFile(join(directory, 'campaign-1-1-001.eml'), 'latin1')
    const lines = source.split('\r\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998)
    expect(lines.filter((line) => /[\n\r\u0080-\u00ff]/.test(line))).toEqual([])
    expect(source.match(/^Content-Transfer-Encoding: .*$/gm)?.map((line) => line.trim())).toEqual([
      'Content-Transfer-Encoding: quoted-printable',
      'Content-Transfer-Encoding: quoted-printable',
    ])
    expect(source).toMatch(/^Content-Type: multipart\/alternative;/m)
    expect(source).toMatch(/^Message-ID: <campaign-1-delivery-a-example-com@utskick\.example>\r$/m)
    expect(source).toMatch(/^Date: Tue, 24 Nov 2026 08:15:30 \+0000\r$/m)
  })

  it('has a Message-ID also when the mail brings none', async () => {
    await submit([mailTo('a@example.com', { messageId: null })])
    expect(await readFile(join(directory, 'campaign-1-1-001.eml'), 'utf8')).toMatch(
      /^Message-ID: <\S+@\S+>\r$/m,
    )
  })

  it('stays as it is when the call comes again', async () => {
    await submit(mailsTo(1))
    const first = await readFile(join(directory, 'campaign-1-1-001.eml'))
    await submit(mailsTo(1))
    expect(await readFile(join(directory, 'campaign-1-1-001.eml'))).toEqual(first)
  })

  it.each([
    ['campaign-1-1', 0, 'campaign-1-1-001.eml'],
    ['campaign-1-1', 99, 'campaign-1-1-100.eml'],
    ['../../etc/passwd', 0, expect.stringMatching(/^mail-[0-9a-f]{40}-001\.eml$/)],
    ['Campaign-1-1', 0, expect.stringMatching(/^mail-[0-9a-f]{40}-001\.eml$/)],
    ['x'.repeat(256), 0, expect.stringMatching(/^mail-[0-9a-f]{40}-001\.eml$/)],
    ['', 0, expect.stringMatching(/^mail-[0-9a-f]{40}-001\.eml$/)],
  ])('of the call “%s”, mail %i, is %s', (key, index, expected) => {
    expect(outboxFileName({ key, index })).toEqual(expected)
  })
})

describe('a disk that does not take the mail', () => {
  it('is told to staff by its folder, and the mail is tried again', async () => {
    const file = join(directory, 'a-file')
    await writeFile(file, '')
    for (const folder of [file, join(file, 'outbox')])
      expect(await mailerIn(folder).send({ key: 'campaign-1-1', mails: mailsTo(1) })).toEqual({
        kind: 'unknown',
        problem: {
          code: 'outbox_not_writable',
          message: expect.stringContaining(`The outbox ${folder} cannot`),
        },
      })
  })

  it.each([
    ['ENOSPC', 'The disk is full: make room on it.'],
    ['EACCES', 'Let the account that runs Utskick write there.'],
    ['EROFS', 'The disk is read-only: set DATA_DIR to one that can be written.'],
    ['EIO', 'See to that folder.'],
  ])('comes with a remedy for %s', (code, remedy) => {
    expect(diskProblem({ error: { code }, directory: '/data/outbox' })).toEqual({
      code: 'outbox_not_writable',
      message: `The outbox /data/outbox cannot be written (${code}). ${remedy} It goes on by itself then.`,
    })
  })
})

describe('the outbox as a mailbox', () => {
  /** One mail per call, a minute apart, the last one newest. */
  const fill = async (count: number) => {
    for (let number = 1; number <= count; number++) {
      const key = `campaign-1-${number}`
      await submit([mailTo(`lasare-${number}@example.com`, { subject: `Brev nr ${number} på vägen` })], key)
      const time = new Date(Date.UTC(2026, 10, 24, 8, number))
      await utimes(join(directory, `${key}-001.eml`), time, time)
    }
  }
  const list = (over: { page?: number; pageSize?: number; search?: string } = {}) =>
    listOutbox({ directory, page: 1, pageSize: 2, ...over })
  const entry = (number: number) => ({
    name: `campaign-1-${number}-001.eml`,
    subject: `Brev nr ${number} på vägen`,
    from: 'Klara Ledarskap <brev@utskick.example>',
    to: `lasare-${number}@example.com`,
    date: '2026-11-24T08:15:30.000Z',
  })

  it('is empty before the first mail, also without a folder', async () => {
    expect(await list()).toEqual({ entries: [], total: 0, page: 1, totalPages: 1 })
    const none = await listOutbox({ directory: join(directory, 'none'), page: 3, pageSize: 10 })
    expect(none).toEqual({ entries: [], total: 0, page: 1, totalPages: 1 })
  })

  it('shows the newest first, page by page, and the last page for any beyond it', async () => {
    await fill(5)
    const pages = await Promise.all([1, 2, 3, 4, 0, Number.NaN].map((page) => list({ page })))
    expect(pages.map(({ entries, page, total, totalPages }) => [entries, page, total, totalPages])).toEqual([
      [[entry(5), entry(4)], 1, 5, 3],
      [[entry(3), entry(2)], 2, 5, 3],
      [[entry(1)], 3, 5, 3],
      [[entry(1)], 3, 5, 3],
      [[entry(5), entry(4)], 1, 5, 3],
      [[entry(5), entry(4)], 1, 5, 3],
    ])
  })

  it('finds by subject and by recipient, whatever the case', async () => {
    await fill(5)
    const found = await Promise.all(
      ['NR 3', 'lasare-4@', 'PÅ VÄGEN', 'nobody'].map((search) => list({ search })),
    )
    expect(found.map(({ entries, total }) => [entries, total])).toEqual([
      [[entry(3)], 1],
      [[entry(4)], 1],
      [[entry(5), entry(4)], 5],
      [[], 0],
    ])
  })

  it('shows what has come and not what has gone since it was last looked at', async () => {
    await fill(2)
    await list()
    await rm(join(directory, 'campaign-1-2-001.eml'))
    await fill(1)
    expect((await list()).entries).toEqual([entry(1)])
  })

  it('leaves out files that are no mails', async () => {
    await fill(1)
    await writeFile(join(directory, 'notes.txt'), 'From: a@example.com\r\n\r\n')
    await writeFile(join(directory, 'empty.eml'), '')
    await writeFile(join(directory, 'half.eml'), 'From: a@example.com\r\nSubject: Hal')
    await writeFile(join(directory, 'picture.eml'), Buffer.alloc(100_000, 0xff))
    await writeFile(join(directory, '.campaign-9-1-001.eml.1.part'), 'From: a@example.com\r\n\r\n')
    expect(await list()).toEqual({ entries: [entry(1)], total: 1, page: 1, totalPages: 1 })
  })

  it('opens one mail with both parts, its headers and its size', async () => {
    const mail = mailTo('asa@example.com', { to: { email: 'asa@example.com', name: 'Åsa Öberg' } })
    await submit([mail])
    const opened = await readOutboxMail({ directory, name: 'campaign-1-1-001.eml' })
    const source = await readFile(join(directory, 'campaign-1-1-001.eml'))
    expect(
      opened && { ...opened, headers: [], html: opened.html?.trim(), text: opened.text?.trim() },
    ).toEqual({
      name: 'campaign-1-1-001.eml',
      subject: mail.subject,
      from: 'Klara Ledarskap <brev@utskick.example>',
      to: 'Åsa Öberg <asa@example.com>',
      date: '2026-11-24T08:15:30.000Z',
      html: mail.html,
      text: mail.text,
      headers: [],
      bytes: source.byteLength,
      htmlBytes: Buffer.byteLength(opened?.html ?? ''),
    })
    expect(opened?.headers.filter(({ name }) => /^(To|Subject|List-ID)$/.test(name))).toEqual([
      { name: 'List-ID', value: '<nyhetsbrev.utskick.example>' },
      { name: 'To', value: 'Åsa Öberg <asa@example.com>' },
      { name: 'Subject', value: mail.subject },
    ])
  })

  it.each([
    '../secret.eml',
    '/etc/passwd',
    'a/../b.eml',
    '..eml',
    '.hidden.eml',
    'none.eml',
    'notes.txt',
    '',
    'a\0.eml',
    'a\\b.eml',
  ])('opens nothing for the name “%s”', async (name) => {
    await writeFile(join(directory, '..', 'secret.eml'), 'From: a@example.com\r\n\r\n')
    expect(await readOutboxMail({ directory, name })).toBeNull()
    await rm(join(directory, '..', 'secret.eml'))
  })
})
