import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { makeReaderToken, type ReaderPurpose } from '../../src/newsletter/rules/readerToken.ts'
import { rowOf } from '../../src/readers/findReader.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'
import { openSite, type Site } from '../support/visitSite.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.stop())
beforeEach(async () => {
  for (const collection of ['subscribers', 'topics'] as const)
    await site.payload.delete({ collection, where: {} })
})

const secret = () => process.env.PAYLOAD_SECRET ?? ''
const tokenFor = (purpose: ReaderPurpose, reader: Pick<Subscriber, 'id' | 'linkKey'>) =>
  makeReaderToken({
    secret: secret(),
    purpose,
    ...rowOf(reader),
    expiresAt: purpose === 'leave' ? null : new Date(Date.now() + 3_600_000),
    data: null,
  })

/** The row as it is now, without what every write changes. */
const stored = async ({ id }: Pick<Subscriber, 'id'>) => {
  const { updatedAt: _, ...row } = await site.payload.findByID({ collection: 'subscribers', id, depth: 0 })
  return row
}

/** The next write to a subscriber fails, as it does when the disk is full. */
const failNextWrite = () => {
  const { updateOne } = site.payload.db
  site.payload.db.updateOne = () => {
    site.payload.db.updateOne = updateOne
    return Promise.reject(new Error('SQLITE_FULL: database or disk is full'))
  }
}

const ONE_CLICK = {
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'List-Unsubscribe=One-Click',
}

/** Where the form of a page posts to. */
const actionOn = (html: string) =>
  /<form [^>]*action="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''

describe('one-click unsubscribe', () => {
  it('takes nothing but the link, and changes nothing but the status', async () => {
    const reader = await createSubscriber(site.payload)
    const before = await stored(reader)
    const answer = await site.call('POST', `/api/unsubscribe?token=${tokenFor('leave', reader)}`, ONE_CLICK)
    const after = await stored(reader)

    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { status: 'unsubscribed' }])
    expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([null, null])
    expect(Math.abs(Date.now() - Date.parse(after.unsubscribedAt ?? ''))).toBeLessThan(10_000)
    expect({ ...after, unsubscribedAt: null }).toEqual({
      ...before,
      status: 'unsubscribed',
      unsubscribedAt: null,
    })
  })

  it.each([
    ['no body', {}],
    ['a multipart body', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }],
    ['a body of another kind', { headers: { 'content-type': 'text/plain' }, body: 'hello' }],
  ])('takes %s', async (_, init) => {
    const reader = await createSubscriber(site.payload)
    const { status } = await site.call('POST', `/api/unsubscribe?token=${tokenFor('leave', reader)}`, init)
    expect([status, (await stored(reader)).status]).toEqual([200, 'unsubscribed'])
  })

  it('done again is as good, and keeps the time of the first', async () => {
    const reader = await createSubscriber(site.payload)
    const path = `/api/unsubscribe?token=${tokenFor('leave', reader)}`
    await site.call('POST', path, ONE_CLICK)
    const once = await stored(reader)
    const again = await site.call('POST', path, ONE_CLICK)
    expect([again.status, await stored(reader)]).toEqual([200, once])
  })

  it('leaves a suppressed address suppressed, and keeps beside it that they left', async () => {
    const reader = await createSubscriber(site.payload, { status: 'suppressed' })
    const before = await stored(reader)
    const { status } = await site.call(
      'POST',
      `/api/unsubscribe?token=${tokenFor('leave', reader)}`,
      ONE_CLICK,
    )
    expect([status, await stored(reader)]).toEqual([200, { ...before, unsubscribedAt: expect.any(String) }])
  })

  it('leaves it suppressed also when the complaint comes in with the click', async () => {
    const reader = await createSubscriber(site.payload)
    const { find } = site.payload
    // The moment between reading the person and writing that they have left.
    site.payload.find = async (options) => {
      site.payload.find = find
      const found = await site.payload.find(options)
      await site.payload.update({ collection: 'subscribers', id: reader.id, data: { status: 'suppressed' } })
      return found
    }
    const { status } = await site.call(
      'POST',
      `/api/unsubscribe?token=${tokenFor('leave', reader)}`,
      ONE_CLICK,
    )
    expect([status, (await stored(reader)).status]).toEqual([200, 'suppressed'])
  })

  it('says the same of a person who has been deleted', async () => {
    const reader = await createSubscriber(site.payload)
    const path = `/api/unsubscribe?token=${tokenFor('leave', reader)}`
    await site.payload.delete({ collection: 'subscribers', id: reader.id })
    const { status, body } = await site.call('POST', path, ONE_CLICK)
    expect([status, JSON.parse(body)]).toEqual([200, { status: 'unsubscribed' }])
  })

  it.each(['', 'x', 'MQ.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'refuses the token “%s”',
    async (token) => {
      const { status, body } = await site.call('POST', `/api/unsubscribe?token=${token}`, ONE_CLICK)
      expect([status, JSON.parse(body).errors[0].code]).toEqual([400, 'token_invalid'])
    },
  )

  it('refuses the link to the preferences', async () => {
    const reader = await createSubscriber(site.payload)
    const { status } = await site.call(
      'POST',
      `/api/unsubscribe?token=${tokenFor('preferences', reader)}`,
      ONE_CLICK,
    )
    expect([status, (await stored(reader)).status]).toEqual([400, 'active'])
  })

  it('never says that somebody has left when it could not be written down', async () => {
    const reader = await createSubscriber(site.payload)
    const path = `/api/unsubscribe?token=${tokenFor('leave', reader)}`
    failNextWrite()
    const failed = await site.call('POST', path, ONE_CLICK)
    expect([failed.status, failed.headers.get('retry-after'), (await stored(reader)).status]).toEqual([
      503,
      '30',
      'active',
    ])
    expect(JSON.parse(failed.body).errors[0].code).toBe('not_saved')
    expect(failed.body).not.toContain('SQLITE')
    expect((await site.call('POST', path, ONE_CLICK)).status).toBe(200)
  })

  it('by GET leads to the page and changes nothing', async () => {
    const reader = await createSubscriber(site.payload)
    const token = tokenFor('leave', reader)
    const { status, headers } = await site.call('GET', `/api/unsubscribe?token=${token}`)
    expect([status, headers.get('location')]).toEqual([303, `/unsubscribe?token=${token}`])
    expect((await stored(reader)).status).toBe('active')
  })
})

describe('taking it back', () => {
  const undo = (reader: Subscriber) =>
    site.call('POST', `/api/unsubscribe/undo?token=${tokenFor('leave', reader)}`)
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  /** Past the hook that keeps the time of leaving by itself. */
  const left = async (unsubscribedAt: string, more: Partial<Subscriber> = {}) => {
    const reader = await createSubscriber(site.payload, more)
    await site.payload.db.updateOne({
      collection: 'subscribers',
      id: reader.id,
      data: { status: 'unsubscribed', unsubscribedAt },
    })
    return reader
  }

  it('works for a day, and restores what was', async () => {
    const reader = await left(daysAgo(0.9))
    const { status } = await undo(reader)
    expect([status, await stored(reader)]).toEqual([200, await stored({ ...reader })])
    expect(await stored(reader)).toMatchObject({
      status: 'active',
      unsubscribedAt: null,
      consentAt: reader.consentAt,
    })
  })

  it('does not bring back who left longer ago, never consented, or is suppressed', async () => {
    const late = await left(daysAgo(1.1))
    const never = await left(daysAgo(0.1), { email: 'b@example.com', consentAt: null, status: 'pending' })
    const suppressed = await createSubscriber(site.payload, { email: 'c@example.com', status: 'suppressed' })
    for (const reader of [late, never, suppressed]) {
      const before = await stored(reader)
      const { status, body } = await undo(reader)
      expect([status, JSON.parse(body).errors[0].code, await stored(reader)]).toEqual([
        409,
        'undo_too_late',
        before,
      ])
    }
  })
})

describe('the page for leaving', () => {
  it('changes nothing, however often a scanner looks, and works with the button alone', async () => {
    const reader = await createSubscriber(site.payload)
    const before = await stored(reader)
    const path = `/unsubscribe?token=${tokenFor('leave', reader)}`
    const asked = await site.visit(path)
    expect([asked.status, await stored(reader)]).toEqual([200, before])
    expect(asked.body).toContain('Vill du sluta få nyhetsbrevet?')

    const action = actionOn(asked.body)
    const pressed = await site.call('POST', action, { ...ONE_CLICK, body: '' })
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, path])
    const told = await site.visit(path)
    expect(told.body).toContain('Du får inga fler nyhetsbrev')

    const undo = actionOn(told.body)
    await site.call('POST', undo, { ...ONE_CLICK, body: '' })
    expect((await stored(reader)).status).toBe('active')
  })

  it('speaks the reader’s language, masks the address and tells its own to nobody', async () => {
    const reader = await createSubscriber(site.payload, { locale: 'en' })
    const { body, headers } = await site.visit(`/unsubscribe?token=${tokenFor('leave', reader)}`, {
      'accept-language': 'sv',
    })
    expect(body).toContain('<html lang="en"')
    expect(body).toContain('a…\u2060@example.com')
    expect(body).not.toContain('anna')
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([
      'no-referrer',
      'private, no-store',
    ])
  })

  it('says that it did not work, and that the person is still subscribed', async () => {
    const reader = await createSubscriber(site.payload)
    failNextWrite()
    const pressed = await site.call('POST', `/api/unsubscribe?token=${tokenFor('leave', reader)}&from=page`)
    const { body } = await site.visit(pressed.headers.get('location') ?? '')
    expect(body).toContain('Du är fortfarande prenumerant')
    expect(body).toContain('role="alert"')
  })

  it('tells nothing to whoever makes up a link', async () => {
    const { status, body } = await site.visit('/unsubscribe?token=MQ.x', { 'accept-language': 'en' })
    expect([status, body.includes('The link does not work')]).toEqual([400, true])
  })
})

describe('the preferences', () => {
  const setUp = async () => {
    const [work, money] = [
      await createTopic(site.payload, { name: 'Arbete', slug: 'arbete' }),
      await createTopic(site.payload, { name: 'Pengar', slug: 'pengar' }),
    ]
    const reader = await createSubscriber(site.payload, { topics: [work.id] })
    return { reader, work, money, path: `/api/preferences?token=${tokenFor('preferences', reader)}` }
  }
  const patch = (path: string, change: unknown) =>
    site.call('PATCH', path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    })

  it('are what the reader chose, with the address masked', async () => {
    const { path } = await setUp()
    const { status, body, headers } = await site.call('GET', path)
    expect([status, headers.get('cache-control'), JSON.parse(body)]).toEqual([
      200,
      'no-store',
      {
        email: 'a…@example.com',
        name: 'Anna Berg',
        locale: 'sv',
        topics: ['arbete'],
        status: 'active',
        pausedUntil: null,
        consents: [
          { kind: 'added', at: '2026-01-01T00:00:00.000Z', text: null, locale: null, source: 'the tests' },
        ],
        allTopics: [
          { slug: 'arbete', name: 'Arbete', description: null },
          { slug: 'pengar', name: 'Pengar', description: null },
        ],
      },
    ])
  })

  it('change in what is named and in nothing else', async () => {
    const { path, reader, money } = await setUp()
    const before = await stored(reader)
    const topics = await patch(path, { topics: ['pengar', 'pengar'] })
    expect([topics.status, JSON.parse(topics.body).topics]).toEqual([200, ['pengar']])
    expect(await stored(reader)).toEqual({ ...before, topics: [money.id] })
    await patch(path, { locale: 'en', name: '  Anna  ' })
    expect(await stored(reader)).toEqual({ ...before, topics: [money.id], locale: 'en', name: 'Anna' })
    await patch(path, { name: 'Anna\n\u0007 Berg' })
    expect((await stored(reader)).name).toBe('Anna Berg')
    await patch(path, { name: '', topics: [] })
    expect(await stored(reader)).toEqual({ ...before, topics: [], locale: 'en', name: null })
  })

  it.each([
    [{ topics: ['arbete', 'nothing'] }, 'topics'],
    [{ topics: 'arbete' }, 'topics'],
    [{ locale: 'de' }, 'locale'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ email: 'other@example.com' }, 'email'],
    [{ status: 'active' }, 'status'],
    [{ consentAt: null }, 'consentAt'],
    [[], ''],
  ])('refuse %j and name the field', async (change, field) => {
    const { path, reader } = await setUp()
    const before = await stored(reader)
    const { status, body } = await patch(path, change)
    const [problem] = JSON.parse(body).errors
    expect([status, problem.code, problem.field]).toEqual([400, 'input_invalid', field])
    expect(await stored(reader)).toEqual(before)
  })

  it('can say that the reader leaves, and not that they come back', async () => {
    const { path, reader } = await setUp()
    const { body } = await patch(path, { status: 'unsubscribed' })
    expect([JSON.parse(body).status, (await stored(reader)).status]).toEqual(['unsubscribed', 'unsubscribed'])
    expect((await patch(path, { status: 'active' })).status).toBe(400)
  })

  it('leave a suppression that comes in meanwhile as it is', async () => {
    const { path, reader } = await setUp()
    const { find } = site.payload
    site.payload.find = async (options) => {
      site.payload.find = find
      const found = await site.payload.find(options)
      await site.payload.update({ collection: 'subscribers', id: reader.id, data: { status: 'suppressed' } })
      return found
    }
    await patch(path, { name: 'Anna' })
    expect(await stored(reader)).toMatchObject({ name: 'Anna', status: 'suppressed' })
  })

  it('are for the holder of their link alone', async () => {
    const { reader } = await setUp()
    const answers = [
      await site.call('GET', `/api/preferences?token=${tokenFor('leave', reader)}`),
      await patch(`/api/preferences?token=`, { name: 'x' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 400])
    await site.payload.delete({ collection: 'subscribers', id: reader.id })
    expect((await site.call('GET', `/api/preferences?token=${tokenFor('preferences', reader)}`)).status).toBe(
      404,
    )
  })

  it('are a page whose form works without script', async () => {
    const { reader, work, money } = await setUp()
    const path = `/preferences?token=${tokenFor('preferences', reader)}`
    const before = await stored(reader)
    const page = await site.visit(path)
    expect([page.status, await stored(reader)]).toEqual([200, before])
    expect(page.body).toMatch(
      /<input type="checkbox" name="topics" value="arbete" checked=""\/>|checked="" value="arbete"/,
    )

    const action = actionOn(page.body)
    const form = new URLSearchParams([
      ['name', 'Anna B'],
      ['locale', 'en'],
      ['topics', 'arbete'],
      ['topics', 'pengar'],
    ])
    const sent = await site.call('POST', action, { ...ONE_CLICK, body: form.toString() })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}&saved=1`])
    expect(await stored(reader)).toEqual({
      ...before,
      name: 'Anna B',
      locale: 'en',
      topics: [work.id, money.id],
    })
    expect((await site.visit(`${path}&saved=1`)).body).toContain('Your choices have been saved.')
  })

  it('say on the page what could not be saved', async () => {
    const { reader } = await setUp()
    const path = `/api/preferences?token=${tokenFor('preferences', reader)}`
    const send = (form: Record<string, string>) =>
      site.call('POST', path, { ...ONE_CLICK, body: new URLSearchParams(form).toString() })
    const gone = await send({ name: 'A', locale: 'sv', topics: 'nothing' })
    failNextWrite()
    const failed = await send({ name: 'A', locale: 'sv' })
    const pages = [gone, failed].map(
      async ({ headers }) => (await site.visit(headers.get('location') ?? '')).body,
    )
    const [goneBody, failedBody] = await Promise.all(pages)
    expect(goneBody).toContain('Ett av ämnena finns inte längre.')
    expect(failedBody).toContain('Det gick inte att spara.')
  })
})
