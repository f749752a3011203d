import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { isAdmin } from '../../access/isAdmin.ts'
import { requireEditor } from '../../access/requireEditor.ts'
import { depsOf, writePauseOf } from '../../deps.ts'
import { takeConfirmation } from '../../limits/takeConfirmation.ts'
import type { Locale } from '../../newsletter/model.ts'
import type { Subscriber } from '../../payload-types.ts'
import { confirmAgain, type ConfirmationAgain } from '../../people/confirmAgain.ts'
import { pausePerson } from '../../people/pausePerson.ts'
import { MOST_WEEKS } from '../../readers/pausing.ts'
import { readReaderData } from '../../readers/readerData.ts'
import { recordChoices } from '../../readers/recordChoices.ts'
import { findReaderById } from '../../readers/findReader.ts'
import { refusal } from '../../refusals/refusal.ts'
import { mailConfirmLink } from '../../subscribing/askToSubscribe.ts'
import { readAskedText } from '../../subscribing/consentsOfAsking.ts'
import { findSuppressed } from '../../suppressions/findSuppressed.ts'
import { readJsonBody } from '../readJsonBody.ts'
import { readRouteDocument } from '../readRouteDocument.ts'
import { waitingOf } from './timeline.ts'

const readPerson = (req: PayloadRequest) => readRouteDocument(req, { collection: 'subscribers' })

/**
 * `POST /api/subscribers/:id/confirm-again` by an editor -> 200 {until}: the link to confirm is mailed once more, and works until
 * then. 409 for who does not wait, waited too long, or must not be mailed; 429 when the address had one within 15 minutes
 * or three today; 401, 403, 404.
 */
export const confirmAgainEndpoint: Endpoint = {
  path: '/:id/confirm-again',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { payload } = req
    const { clock, log } = depsOf(payload)
    const subscriber = await readPerson(req)
    const again = await confirmAgain(
      {
        clock,
        isSuppressed: async (email) => (await findSuppressed({ payload, emails: [email] })).has(email),
        takeTurn: (email) => takeConfirmation({ payload, email }),
        mailLink: (askedAt) => mailLinkAgain({ req, subscriber, askedAt }),
      },
      waitingOf(subscriber),
    )
    if (again.kind !== 'sent') throw refusal({ req, ...WHY_NOT[again.kind] })
    log('confirmation.again', { subscriber: String(subscriber.id), by: String(req.user?.id) })
    return Response.json({ until: again.until.toISOString() })
  },
}

/** The row is read as the system: nobody is told the key that the link needs. @returns false for who is gone. */
async function mailLinkAgain({
  req: { payload },
  subscriber: { id, locale },
  askedAt,
}: {
  req: PayloadRequest
  subscriber: Subscriber
  askedAt: Date
}): Promise<boolean> {
  const asked = await findReaderById({ payload, id: String(id) })
  if (!asked) return false
  const consentText = await readAskedText({ payload, reader: asked, askedAt })
  await mailConfirmLink({ payload, asked, consentText, locale, askedAt })
  return true
}

type Refused = Pick<Parameters<typeof refusal>[0], 'code' | 'status' | 'text'>

const WHY_NOT: Record<Exclude<ConfirmationAgain['kind'], 'sent'>, Refused> = {
  not_waiting: {
    code: 'not_waiting',
    status: 409,
    text: {
      en: 'This person does not wait for a confirmation any more. Load the page again to see what they are now.',
      sv: 'Personen väntar inte längre på att bekräfta. Ladda om sidan för att se vad som gäller nu.',
    },
  },
  expired: {
    code: 'not_waiting',
    status: 409,
    text: {
      en: 'More than seven days have gone by since this person asked. They can ask again with the form on the site.',
      sv: 'Det är mer än sju dagar sedan personen bad om nyhetsbrevet. Hen kan be om det på nytt i formuläret på webbplatsen.',
    },
  },
  suppressed: {
    code: 'address_suppressed',
    status: 409,
    text: {
      en: 'The address is suppressed, so that nothing is mailed to it. Under Suppressions an admin can lift that.',
      sv: 'Adressen är spärrad, så inget skickas dit. En administratör kan häva spärren under Spärrade adresser.',
    },
  },
  too_soon: {
    code: 'too_often',
    status: 429,
    text: {
      en: 'The address got such a mail just now, or three today. Wait a while: nobody’s inbox is to be filled.',
      sv: 'Adressen fick nyss ett sådant brev, eller har fått tre i dag. Vänta ett tag, så att ingens inkorg fylls.',
    },
  },
}

/**
 * `POST /api/subscribers/:id/pause` {weeks: 1-52, or 0 to end a pause} by an editor -> 200 {pausedUntil}. It is in the person's
 * history, with who did it. 400 for other weeks; 409 for who does not subscribe; 401, 403, 404.
 */
export const pauseEndpoint: Endpoint = {
  path: '/:id/pause',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { payload, user } = req
    const { clock } = depsOf(payload)
    const { weeks } = await readJsonBody(req, weeksBody, WEEKS_TEXT)
    const before = await readPerson(req)
    const paused = await pausePerson(
      {
        clock,
        writePause: (until) => writePauseOf(payload)({ id: String(before.id), until, now: clock.now() }),
        // As it was written: somebody may have changed more of them since.
        record: async (pausedUntil) => {
          const after = { ...before, pausedUntil: pausedUntil?.toISOString() ?? null }
          const by = user && { id: String(user.id), name: user.name || user.email }
          await recordChoices({ payload, before, after, chooser: { source: 'staff', by }, now: clock.now() })
        },
      },
      { weeks },
    )
    if (paused.kind === 'not_active') throw refusal({ req, ...NOT_ACTIVE })
    return Response.json({ pausedUntil: paused.pausedUntil?.toISOString() ?? null })
  },
}

const weeksBody = z.object({ weeks: z.int('weeks').min(0, 'weeks').max(MOST_WEEKS, 'weeks') })

const WEEKS_TEXT: Record<string, Record<Locale, string>> = {
  weeks: {
    en: `weeks: a whole number from 1 to ${MOST_WEEKS}, or 0 to end a pause.`,
    sv: `weeks: ett helt antal från 1 till ${MOST_WEEKS}, eller 0 för att avsluta en paus.`,
  },
}

const NOT_ACTIVE: Refused = {
  code: 'not_active',
  status: 409,
  text: {
    en: 'This person does not subscribe now, so that there is nothing to pause.',
    sv: 'Personen prenumererar inte just nu, så det finns inget att pausa.',
  },
}

/**
 * `GET /api/subscribers/:id/data` by an editor -> a JSON file with everything that is kept of the person, as they could download it
 * themselves: for somebody who asks staff for it. What the provider told of mails is only in an admin's file. 401, 403, 404.
 */
export const dataEndpoint: Endpoint = {
  path: '/:id/data',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const { payload } = req
    const { clock, log } = depsOf(payload)
    const reader = await readPerson(req)
    const { providerEvents, ...data } = await readReaderData({ payload, reader, now: clock.now() })
    const shown = isAdmin({ req }) ? { ...data, providerEvents } : data
    log('person.exported', { subscriber: String(reader.id), by: String(req.user?.id) })
    return new Response(`${JSON.stringify(shown, null, 2)}\n`, {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="subscriber-${reader.id}.json"`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
}
