import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { simpleParser } from 'mailparser'
import { depsOf } from '../../src/deps.ts'
import { until } from '../support/until.ts'
import { openSite, ORIGIN, type Site } from '../support/visitSite.ts'

const user = { email: 'redaktor@example.com', password: 'the old password' }

let site: Site
beforeAll(async () => {
  site = await openSite()
  await site.payload.create({ collection: 'users', data: { ...user, name: 'Rut Redaktör', role: 'admin' } })
})
afterAll(() => site.stop())

const outbox = () => {
  const directory = join(depsOf(site.payload).env.dataDir, 'outbox')
  const files = existsSync(directory) ? readdirSync(directory) : []
  return Promise.all(files.map((name) => simpleParser(readFileSync(join(directory, name)))))
}

/** The answer waits for no mail. */
const outboxOf = (count: number) =>
  until(`the outbox holds ${count}`, async () => {
    const mails = await outbox()
    return mails.length >= count ? mails : undefined
  })

describe('a forgotten password', () => {
  it('brings a mail with a link that lets its reader choose a new one', async () => {
    const asked = await site.call('POST', '/api/users/forgot-password', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.email }),
    })
    expect(asked.status).toBe(200)

    const [mail, ...others] = await outboxOf(1)
    expect([others, mail?.from?.value, mail?.to && [mail.to].flat().map(({ text }) => text)]).toEqual([
      [],
      [{ address: 'utskick@site.example', name: 'site.example' }],
      [user.email],
    ])
    const link = new RegExp(`${ORIGIN}/admin/reset/([0-9a-f]+)`)
    const token = link.exec(mail?.html || '')?.[1] ?? ''
    expect(link.exec(mail?.text ?? '')?.[1]).toBe(token)

    const password = 'the new password'
    await site.payload.resetPassword({ collection: 'users', data: { token, password }, overrideAccess: true })
    const { user: loggedIn } = await site.payload.login({ collection: 'users', data: { ...user, password } })
    expect(loggedIn?.email).toBe(user.email)
  })

  it('is mailed from the domain that the newsletter is from, once the site has one, by another address', async () => {
    await site.payload.updateGlobal({ slug: 'site', data: { senderEmail: 'brev@example.com' } })
    const other = {
      email: 'annan@example.com',
      password: 'a password of the tests',
      name: 'Annan',
      role: 'author',
    } as const
    await site.payload.create({ collection: 'users', data: other })
    await site.call('POST', '/api/users/forgot-password', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: other.email }),
    })
    expect((await outboxOf(2)).map(({ from }) => from?.value[0]?.address).sort()).toEqual([
      'utskick@example.com',
      'utskick@site.example',
    ])
  })

  it('of somebody who is no user brings no mail, and does not say so', async () => {
    const before = (await outbox()).length
    const asked = await site.call('POST', '/api/users/forgot-password', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com' }),
    })
    expect([asked.status, (await outbox()).length]).toEqual([200, before])
  })
})
