import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { HtmlValidate } from 'html-validate'
import { depsOf } from '../../src/deps.ts'
import { ORIGIN, openSite, type Site } from '../support/visitSite.ts'

const ANNA = { name: 'Anna Berg', email: 'anna.berg@example.com', message: 'Hej!' }

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.stop())
beforeEach(async () => {
  for (const collection of ['contact-messages', 'transactional-mails', 'rate-limits'] as const)
    await site.payload.db.deleteMany({ collection, where: {} })
  await site.payload.updateGlobal({ slug: 'site', data: { callsPerHour: 20 } })
})

const post = async (path: string, fields: Record<string, string>) => {
  const { POST } = await import('../../src/app/(site)/[locale]/contact/route.tsx')
  const request = new Request(ORIGIN + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
  const response = await POST(request, { params: Promise.resolve({ locale: path.split('/')[1] ?? '' }) })
  return { status: response.status, headers: response.headers, body: await response.text() }
}
const kept = async () => {
  const { docs } = await site.payload.find({ collection: 'contact-messages', depth: 0, joins: false })
  return docs.map(({ name, email, message, locale, wantsNewsletter }) => ({
    name,
    email,
    message,
    locale,
    wantsNewsletter,
  }))
}
const stampOf = (html: string) => /name="stamp" value="([^"]*)"/.exec(html)?.[1] ?? ''

describe('the contact page', () => {
  it('has a form in each language, with nothing ticked, and a look at it keeps nothing', async () => {
    const [sv, en] = [await site.visit('/sv/contact'), await site.visit('/en/contact')]
    expect([sv.status, sv.body.includes('<h1>Skriv till oss</h1>')]).toEqual([200, true])
    expect([en.status, en.body.includes('<h1>Write to us</h1>')]).toEqual([200, true])
    expect(sv.body).toContain('<form class="form" action="/sv/contact" method="post">')
    expect(sv.body).toMatch(/<input type="checkbox" name="subscribe"\/>/)
    expect(sv.headers.get('cache-control')).toBe('private, no-store')
    expect((await site.visit('/de/contact')).status).toBe(404)
    expect(await kept()).toEqual([])
  })

  it('is linked from every page', async () => {
    expect((await site.visit('/en')).body).toContain('<a href="/en/contact">Write to us</a>')
  })

  it('takes a message and leads to the thanks', async () => {
    const sent = await post('/sv/contact', { ...ANNA, message: 'Hej!\r\nVi ses.', subscribe: 'on' })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/sv/contact?state=sent'])
    expect(await kept()).toEqual([{ ...ANNA, message: 'Hej!\nVi ses.', locale: 'sv', wantsNewsletter: true }])
    expect((await site.visit('/sv/contact?state=sent')).body).toContain('Tack för ditt meddelande!')
  })

  it('comes back with what was written and what is wrong', async () => {
    const { status, body } = await post('/en/contact', {
      name: 'Anna "A" <Berg>',
      email: 'anna@',
      message: 'One\nTwo & three',
      subscribe: 'on',
    })
    expect([status, await kept()]).toEqual([400, []])
    expect(body).toContain('value="Anna &quot;A&quot; &lt;Berg&gt;"')
    expect(body).toContain('value="anna@"')
    expect(body).toMatch(/<textarea[^>]*>One\nTwo &amp; three<\/textarea>/)
    expect(body).toMatch(/<input type="checkbox" name="subscribe" checked=""\/>/)
    expect(body).toContain('role="alert"')
    expect(body.match(/aria-invalid="true"/g)).toEqual(['aria-invalid="true"'])
    expect(body).toContain('id="email-wrong">Write an e-mail address, such as anna@example.com.')
  })

  it('says that too many came, and keeps what was written on the page', async () => {
    await site.payload.updateGlobal({ slug: 'site', data: { callsPerHour: 1 } })
    await post('/en/contact', ANNA)
    const { status, headers, body } = await post('/en/contact', ANNA)
    expect([status, Number(headers.get('retry-after')) > 3000, (await kept()).length]).toEqual([429, true, 1])
    expect([body.includes('Many messages have come from here.'), body.includes('value="Anna Berg"')]).toEqual(
      [true, true],
    )
  })

  it('says that it could not be kept, and keeps what was written on the page', async () => {
    const { create } = site.payload
    site.payload.create = () => Promise.reject(new Error('SQLITE_FULL'))
    const { status, body } = await post('/sv/contact', ANNA)
    site.payload.create = create
    expect([status, body.includes('gick inte att spara'), body.includes('value="Anna Berg"')]).toEqual([
      503,
      true,
      true,
    ])
  })

  it('takes a form of its own only after the time that a person needs', async () => {
    const stamp = stampOf((await site.visit('/sv/contact')).body)
    const quick = await post('/sv/contact', { ...ANNA, stamp })
    expect([quick.status, await kept()]).toEqual([303, []])
    const deps = depsOf(site.payload)
    const { clock } = deps
    Object.assign(deps, { clock: { now: () => new Date(Date.now() + 10_000) } })
    await post('/sv/contact', { ...ANNA, stamp })
    Object.assign(deps, { clock })
    expect((await kept()).length).toBe(1)
  })

  it('is valid HTML that a screen reader can use, also with something wrong', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended', 'html-validate:a11y'],
      rules: {
        // How React writes them.
        'attr-case': 'off',
        'attribute-boolean-style': 'off',
        'void-style': ['error', { style: 'selfclose' }],
        'attribute-empty-style': 'off',
        'no-inline-style': 'off',
      },
    })
    const pages = [
      await site.visit('/sv/contact'),
      await site.visit('/en/contact?state=sent'),
      await post('/sv/contact', {}),
    ]
    for (const { body } of pages) {
      const { results } = await validator.validateString(body)
      const faults = results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message }) => [ruleId, message]),
      )
      expect(faults).toEqual([])
    }
  })
})
