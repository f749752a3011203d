import type { Page } from 'playwright-core'
import type { AcceptedMail } from '../../../emulator/model.ts'
import { startResendEmulator } from '../../../emulator/startResendEmulator.ts'
import { until } from '../until.ts'
import { fillInSite, openNewsroom, type Newsroom } from './newsroom.ts'

/** A site that is filled in, whose mails an emulated provider takes: what people write and click has its effect. */
export interface MailedSite extends Newsroom {
  baseUrl: string
  /** All that the provider has taken, in order. */
  mails: readonly AcceptedMail[]
  /** The newest mail to somebody that is about this; waits for it. */
  mailTo: (email: string, subject: RegExp) => Promise<AcceptedMail>
  stop: () => Promise<void>
}

export async function openMailedSite(): Promise<MailedSite> {
  const apiKey = 're_test'
  const emulator = await startResendEmulator({ apiKey })
  const newsroom = await openNewsroom({
    MAILER: 'resend',
    RESEND_API_KEY: apiKey,
    RESEND_BASE_URL: emulator.url,
  })
  await fillInSite(newsroom)
  await newsroom.rest.post('/globals/site?locale=en', {
    tagline: 'On work without bosses',
    answerTime: 'We answer by e-mail within 24 hours.',
    callsPerHour: 10_000,
  })
  const { mails } = emulator
  return {
    ...newsroom,
    baseUrl: newsroom.server.baseUrl,
    mails,
    mailTo: (email, subject) =>
      until(
        `a mail to ${email} about ${subject.source} came`,
        async () => mails.findLast((mail) => addresseeOf(mail) === email && subject.test(mail.subject)),
        { seconds: 20 },
      ),
    stop: async () => {
      await newsroom.server.stop()
      await emulator.stop()
    },
  }
}

/** The address alone, of `Anna Berg <anna@example.com>` too. Each mail of ours is for one person. */
export const addresseeOf = ({ to: [person = ''] }: AcceptedMail): string =>
  /<(.*)>$/.exec(person)?.[1] ?? person

/** Shows a mail as a mail program in the browser does. */
export const openMail = (page: Page, { html }: AcceptedMail): Promise<void> => page.setContent(html ?? '')

/** Clicks a link in the mail that the page shows; gives the window that it opens, in place of the mail. */
export async function followLink(page: Page, name: string): Promise<Page> {
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name }).first().click(),
  ])
  await page.close()
  return opened
}

/** Where the mail's link to this path leads, from its plain text. */
export const linkIn = ({ text }: AcceptedMail, path: string): string =>
  text?.match(/https?:\/\/[^\s>)\]]+/g)?.find((link) => new URL(link).pathname === path) ??
  `no link to ${path}`
