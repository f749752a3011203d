import { afterEach, describe, expect, it } from '@jest/globals'
import { smtpMailer } from '../../src/adapters/mailer/smtp/smtpMailer.ts'
import { NO_COUNTS } from '../../src/adapters/store/memory/rows.ts'
import { drainFlow, newsroom } from '../support/flow/newsroom.ts'
import { readerEmail } from '../support/flow/storeRig.ts'
import { missingMailServers } from '../support/mailServers/findMailServers.mjs'
import { makeCertificate } from '../support/mailServers/makeCertificate.ts'
import { startDovecot } from '../support/mailServers/startDovecot.ts'
import { startPostfix, startPostgrey } from '../support/mailServers/startPostfix.ts'
import { until } from '../support/until.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const missing = missingMailServers()
const emails = (count: number) => Array.from({ length: count }, (_, number) => readerEmail(number))

/** A campaign to so many readers by way of a real server; a minute of the flow passes each time that it has done all it can. */
async function mailing({ url, readers }: { url: string; readers: number }) {
  const room = newsroom({ batchSize: 1, repeatableMs: 0 })
  for (const email of emails(readers)) await room.rig.addSubscriber({ email })
  const article = await room.publish()
  const mailer = smtpMailer({ url })
  stops.push(mailer.close)
  const work = async () => {
    await drainFlow({ ...room.flow(), mailer })
    room.clock.pass(60)
  }
  return { room, article, work }
}

if (missing)
  it('mails by way of servers that people have', () => {
    // tests/run.mjs says what did not run.
    expect(process.env.CI ?? '').toBe('')
  })
else
  describe('by way of postfix', () => {
    it('everybody gets it whom the server takes; whom it asks to wait holds up nobody', async () => {
      const postfix = await startPostfix({
        access: {
          [readerEmail(1)]: '550 5.1.1 No such user',
          [readerEmail(2)]: '552 5.2.2 Mailbox full',
          [readerEmail(3)]: '451 4.7.1 Come later',
        },
        atEnd: { [readerEmail(4)]: '451 4.3.0 Not just now' },
      })
      stops.push(postfix.stop)
      const { room, article, work } = await mailing({ url: postfix.url, readers: 20 })
      await work()
      const { status } = room.campaignOf(article)
      expect([status, await room.countsOf(article)]).toEqual([
        'submitting',
        { ...NO_COUNTS, recipients: 20, submitted: 16, rejected: 2 },
      ])
      const taken = emails(20).filter((email) => ![1, 2, 3, 4].map(readerEmail).includes(email))
      await until('all have arrived', async () => (postfix.arrived().length >= 16 ? true : undefined))
      expect(postfix.arrived().toSorted()).toEqual(taken)
    })

    it('greylisting passes: everybody gets it, once', async () => {
      const postgrey = await startPostgrey()
      stops.push(postgrey.stop)
      const postfix = await startPostfix({
        settings: { smtpd_recipient_restrictions: `${postgrey.policy}, permit_mynetworks, reject` },
      })
      stops.push(postfix.stop)
      const { room, article, work } = await mailing({ url: postfix.url, readers: 12 })
      await work()
      expect(await room.countsOf(article)).toEqual({ ...NO_COUNTS, recipients: 12 })
      await until('the second of postgrey is over', async () => {
        await work()
        return room.campaignOf(article).status === 'submitted' ? true : undefined
      })
      await until('all have arrived', async () => (postfix.arrived().length >= 12 ? true : undefined))
      expect(postfix.arrived().toSorted()).toEqual(emails(12))
    })

    describe('with a login over TLS', () => {
      interface Login {
        protocol?: 'smtp:' | 'smtps:'
        password?: string
        trust?: 'this certificate' | 'any' | 'as usual'
      }
      const mailingAs = async ({ protocol = 'smtp:', password = 'r/ght', trust = 'as usual' }: Login) => {
        const dovecot = await startDovecot({ user: 'utskick', password: 'r/ght' })
        stops.push(dovecot.stop)
        const certificate = await makeCertificate()
        stops.push(certificate.stop)
        const smtpd_tls_wrappermode = protocol === 'smtps:' ? 'yes' : 'no'
        const postfix = await startPostfix({
          settings: { ...certificate.settings, ...dovecot.settings, smtpd_tls_wrappermode },
        })
        stops.push(postfix.stop)
        const url = new URL(postfix.url.replace('smtp:', protocol))
        Object.assign(url, { username: 'utskick', password: encodeURIComponent(password) })
        if (trust === 'this certificate') url.searchParams.set('tls.ca', certificate.pem)
        if (trust === 'any') url.searchParams.set('tls.rejectUnauthorized', 'false')
        const { room, article, work } = await mailing({ url: url.href, readers: 6 })
        await work()
        return { postfix, campaign: room.campaignOf(article), counts: await room.countsOf(article) }
      }

      it.each<[string, Login]>([
        ['STARTTLS with a certificate that is known', { trust: 'this certificate' }],
        ['smtps with any certificate', { protocol: 'smtps:', trust: 'any' }],
      ])('everybody gets it over %s', async (_, login) => {
        const { postfix, campaign } = await mailingAs(login)
        expect([campaign.status, campaign.problem]).toEqual(['submitted', null])
        await until('all have arrived', async () => (postfix.arrived().length >= 6 ? true : undefined))
        expect(postfix.arrived().toSorted()).toEqual(emails(6))
      })

      it.each<[string, Login, string]>([
        ['a wrong password', { password: 'wrong', trust: 'this certificate' }, 'key_refused'],
        ['a certificate that nobody vouches for', {}, 'connection_not_secure'],
      ])('%s pauses the campaign', async (_, login, code) => {
        const { postfix, campaign, counts } = await mailingAs(login)
        expect([campaign.status, campaign.problem?.code, counts]).toEqual([
          'paused',
          code,
          { ...NO_COUNTS, recipients: 6 },
        ])
        expect(postfix.arrived()).toEqual([])
      })
    })

    it('a blocked sender pauses the campaign', async () => {
      const postfix = await startPostfix({ access: { '.*': '550 5.7.1 Sender blocked' } })
      stops.push(postfix.stop)
      const { room, article, work } = await mailing({ url: postfix.url, readers: 20 })
      await work()
      expect([room.campaignOf(article).problem?.code, await room.countsOf(article)]).toEqual([
        'sender_blocked',
        { ...NO_COUNTS, recipients: 20, rejected: 12 },
      ])
    })
  })
