import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { HtmlValidate } from 'html-validate'
import { forgetPublic } from '../../src/content/publicCache.ts'
import { depsOf } from '../../src/deps.ts'
import { isFilledByProgram } from '../../src/limits/formGuards.ts'
import { leaveList } from '../../src/readers/leaveList.ts'
import { recordConsent } from '../../src/readers/recordConsent.ts'
import { confirmLink } from '../../src/subscribing/rules/confirmLink.ts'
import { rowOf } from '../../src/readers/findReader.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { createArticle, createSubscriber, createTopic } from '../support/siteContent.ts'
import { openSite, type Site } from '../support/visitSite.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  await site.payload.updateGlobal({ slug: 'site', data: { name: 'Provet', callsPerHour: 10_000 } })
})
afterAll(() => site.stop())
beforeEach(async () => {
  for (const collection of [
    'consents',
    'transactional-mails',
    'rate-limits',
    'subscribers',
    'topics',
  ] as const)
    await site.payload.db.deleteMany({ collection, where: {} })
  forgetPublic()
})

const secret = () => process.env.PAYLOAD_SECRET ?? ''
const headingOn = (html: string) => /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]
const valueOf = (html: string, name: string) =>
  new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1]
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (path: string, fields: Record<string, string>) =>
  site.call('POST', path, { headers: FORM, body: new URLSearchParams(fields).toString() })

describe('the page to subscribe on', () => {
  it('has a form that works without script, with the words that are agreed to', async () => {
    await createTopic(site.payload, { name: 'Arbete', slug: 'arbete' })
    const { status, body, headers } = await site.visit('/sv/subscribe')
    const names = [...body.matchAll(/<input[^>]*name="([^"]*)"/g)].map(([, name]) => name)
    expect([status, /<form [^>]*>/.exec(body)?.[0]]).toEqual([
      200,
      '<form class="form" action="/api/subscribe" method="post">',
    ])
    expect(names).toEqual(['locale', 'email', 'name', 'topics', 'website', 'stamp'])
    expect(body).toContain('Jag vill ha nyhetsbrevet från Provet via e-post.')
    expect(body).not.toContain('<script')
    expect([headers.get('cache-control'), headers.get('content-security-policy')]).toEqual([
      'private, no-store',
      expect.not.stringContaining('script-src'),
    ])
  })

  it('shows the site’s own words', async () => {
    await site.payload.updateGlobal({
      slug: 'site',
      locale: 'en',
      data: { consentText: 'Yes, please & thanks!' },
    })
    const { body } = await site.visit('/en/subscribe')
    await site.payload.updateGlobal({ slug: 'site', locale: 'en', data: { consentText: null } })
    expect(body).toContain('Yes, please &amp; thanks!')
  })

  it('stamps the form, so that a program is told from a person', async () => {
    const { body } = await site.visit('/sv/subscribe')
    const form = { stamp: valueOf(body, 'stamp') }
    const later = (seconds: number) => new Date(Date.now() + seconds * 1000)
    const answers = [0, 5].map((seconds) =>
      isFilledByProgram({ secret: secret(), form, now: later(seconds) }),
    )
    expect(answers).toEqual([true, false])
  })

  it('leads from the form to the inbox, in the reader’s language', async () => {
    const { headers } = await post('/api/subscribe', { email: 'anna@example.com', locale: 'en' })
    const { status, body } = await site.visit(headers.get('location') ?? '')
    expect([headers.get('location'), status, headingOn(body)]).toEqual([
      '/en/subscribe?state=asked',
      200,
      'Look in your inbox',
    ])
    expect(body).not.toContain('anna@example.com')
  })

  it.each([
    ['email', 'Kontrollera e-postadressen: den ska se ut som anna@example.com.'],
    ['too_many', 'Många formulär har skickats från ditt nätverk den senaste timmen. Försök igen senare.'],
    ['not_saved', 'Det gick inte att spara. Försök igen om en stund.'],
    ['<b>x', 'Något i formuläret stämmer inte. Titta igenom det och försök igen.'],
  ])('says what was wrong: %s', async (problem, sentence) => {
    const { body } = await site.visit(`/sv/subscribe?${new URLSearchParams({ problem, state: 'asked' })}`)
    expect(/role="alert"><span id="problem">(.*?)<\/span>/.exec(body)?.[1]).toBe(sentence)
    expect(body.includes('aria-invalid="true"')).toBe(problem === 'email')
  })

  it('is found from every page, and from the end of an article', async () => {
    await createArticle(site.payload, { title: 'Ett', slug: 'ett-att-folja' })
    const { body } = await site.visit('/sv/articles/ett-att-folja')
    expect(body.match(/href="\/sv\/subscribe"/g)).toHaveLength(2)
    expect((await site.visit('/en')).body.match(/href="\/en\/subscribe"/g)).toHaveLength(1)
  })

  it('is there in no other language', async () => {
    expect((await site.visit('/de/subscribe')).status).toBe(404)
  })
})

describe('the page to confirm on', () => {
  const askedAt = () => new Date(Date.now() - 60_000)
  const waiting = (data: Partial<Subscriber> = {}) =>
    createSubscriber(site.payload, {
      status: 'pending',
      consentAt: null,
      askedAt: askedAt().toISOString(),
      ...data,
    })
  const linkFor = (reader: Pick<Subscriber, 'id' | 'linkKey'>, at = askedAt()) =>
    confirmLink({ baseUrl: '', secret: secret(), ...rowOf(reader), askedAt: at })
  const statusOf = async ({ id }: Pick<Subscriber, 'id'>) =>
    (await site.payload.findByID({ collection: 'subscribers', id, depth: 0 })).status

  it('changes nothing by being looked at, and confirms by its own script', async () => {
    const reader = await waiting()
    const { status, body, headers } = await site.visit(linkFor(reader))
    const script = /<script type="module" src="([^"]*)">/.exec(body)?.[1] ?? ''
    const asset = await site.visit(script)
    expect([status, await statusOf(reader), headingOn(body)]).toEqual([
      200,
      'pending',
      'Vill du ha nyhetsbrevet?',
    ])
    expect(body).not.toContain(reader.email)
    expect(headers.get('content-security-policy')).toContain("script-src 'self'; connect-src 'self'")
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'no-referrer',
      'private, no-store',
    ])
    expect([asset.status, asset.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  it('confirms by its button, and says so, also when it is opened again', async () => {
    const reader = await waiting({ locale: 'en' })
    const { body } = await site.visit(linkFor(reader))
    const { status, headers } = await post('/api/confirm', { token: valueOf(body, 'token') ?? '' })
    const pages = [await site.visit(headers.get('location') ?? ''), await site.visit(linkFor(reader))]
    expect([status, await statusOf(reader)]).toEqual([303, 'active'])
    expect(pages.map((page) => [page.status, headingOn(page.body), page.body.includes('<script')])).toEqual([
      [200, 'Welcome, you are subscribed', false],
      [200, 'Welcome, you are subscribed', false],
    ])
  })

  it('shows the words that are agreed to', async () => {
    const at = askedAt()
    const reader = await waiting({ locale: 'en' })
    await recordConsent({
      payload: site.payload,
      consent: {
        ...{ subscriberId: String(reader.id), kind: 'asked', at, text: 'Yes, <please>!' },
        ...{ locale: 'en', source: 'api', by: null },
      },
    })
    const { body } = await site.visit(linkFor(reader, at))
    expect(body).toContain('By confirming you agree to this:')
    expect(body).toContain('Yes, &lt;please&gt;!')
  })

  it('posts no more by itself once it has, and says when it failed', async () => {
    const reader = await waiting()
    const { body } = await site.visit(`${linkFor(reader)}&posted=1&problem=not_saved`)
    expect([body.includes('<script'), body.includes('Det gick inte att bekräfta just nu.')]).toEqual([
      false,
      true,
    ])
  })

  it('says that a link is too old, or does not count any more, and leads to the form', async () => {
    const { payload } = site
    const old = await waiting()
    const left = await waiting({ email: 'left@example.com' })
    await leaveList({ payload, reader: left, source: 'page', now: depsOf(payload).clock.now() })
    const gone = await waiting({ email: 'gone@example.com' })
    await payload.db.deleteOne({ collection: 'subscribers', where: { id: { equals: gone.id } } })
    const suppressed = await waiting({ email: 'suppressed@example.com', status: 'suppressed' })
    const pages = [
      await site.visit(linkFor(old, new Date(Date.now() - 8 * 86_400_000))),
      await site.visit(linkFor(left)),
      await site.visit(linkFor(gone)),
      await site.visit(linkFor(suppressed)),
      await site.visit('/confirm?token=x'),
      await site.visit('/confirm'),
    ]
    const leadsToForm = (body: string) => body.includes('class="button" href="/sv/subscribe"')
    expect(pages.map(({ status, body }) => [status, headingOn(body), leadsToForm(body)])).toEqual([
      [410, 'Länken är för gammal', true],
      [410, 'Du har avslutat prenumerationen', true],
      [410, 'Det finns inget att bekräfta längre', true],
      [410, 'Inga nyhetsbrev går till den här adressen', true],
      [400, 'Länken fungerar inte', false],
      [400, 'Länken fungerar inte', false],
    ])
  })
})

describe('the script for other sites', () => {
  it('is there at an address that stays', async () => {
    const { status, headers } = await site.visit('/assets/subscribe-form.js')
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'no-cache',
    ])
  })
})

it('every page is valid HTML that a screen reader can use', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
      // How React writes them.
      'attr-case': 'off',
      'attribute-boolean-style': 'off',
      'void-style': ['error', { style: 'selfclose' }],
      'no-inline-style': 'off',
      'long-title': 'off',
    },
  })
  await createTopic(site.payload, { name: 'Arbete & vila', slug: 'arbete' })
  const reader = await createSubscriber(site.payload, { status: 'pending' })
  const link = confirmLink({
    baseUrl: '',
    secret: secret(),
    ...rowOf(reader),
    askedAt: new Date(),
  })
  const paths = [
    '/sv/subscribe',
    '/en/subscribe?problem=email',
    '/en/subscribe?problem=name',
    '/sv/subscribe?state=asked',
    link,
    `${link}&posted=1&problem=not_saved`,
    '/confirm?token=x',
  ]
  for (const path of paths) {
    const { body } = await site.visit(path)
    const report = await validator.validateString(body)
    const messages = report.results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    )
    expect([path, messages]).toEqual([path, []])
  }
})
