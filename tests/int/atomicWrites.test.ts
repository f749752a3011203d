import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@libsql/client'
import type { Payload } from 'payload'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'
import type { Article } from '../../src/payload-types.ts'
import { createArticle, createTopic, updateArticle } from '../support/siteContent.ts'
import { templateDatabase } from '../support/templateDatabase.ts'

/** Two Payloads on one SQLite file: each has a connection of its own, as two processes have. */
let directory: string
let web: Payload
let worker: Payload
let topic: number
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'utskick-atomic-'))
  const file = join(directory, 'utskick.db')
  copyFileSync(await templateDatabase(), file)
  const env = readEnv({ DATABASE_URL: `file:${file}`, PAYLOAD_SECRET: 'a secret of the tests' })
  web = await boot(configFor(env), { key: 'web' })
  worker = await boot(configFor(env), { key: 'worker' })
  topic = Number((await createTopic(web, { name: 'Frihet', slug: 'frihet' })).id)
})
afterAll(async () => {
  await web.destroy()
  await worker.destroy()
  rmSync(directory, { recursive: true, force: true })
})

/** An article's texts, which Payload's adapter has deleted by then. */
const TEXTS = /^insert into "articles_locales"/

const read = async (payload: Payload, id: Article['id']) => {
  const { title, topics } = await payload.findByID({ collection: 'articles', id, depth: 0, locale: 'sv' })
  return { title, topics }
}

describe('a write of a document on SQLite', () => {
  it('is seen whole or not at all by another process', async () => {
    const { id } = await createArticle(web, { title: 'Före', topics: [topic] })
    const seen: unknown[] = []
    const restore = beforeStatement(web, TEXTS, async () => {
      seen.push(await read(worker, id))
    })
    await updateArticle({ payload: web, id, data: { title: 'Efter' } })
    restore()
    expect(seen).toEqual([{ title: 'Före', topics: [topic] }])
    expect(await read(worker, id)).toEqual({ title: 'Efter', topics: [topic] })
  })

  it('lets several be written at once, each whole', async () => {
    const { id } = await createArticle(web, { title: 'Flera', topics: [topic] })
    const titles = ['Ett', 'Två', 'Tre', 'Fyra', 'Fem']
    await Promise.all(titles.map((title) => updateArticle({ payload: web, id, data: { title } })))
    expect(await read(web, id)).toEqual({
      title: expect.stringMatching(/^(Ett|Två|Tre|Fyra|Fem)$/),
      topics: [topic],
    })
  })

  it('leaves what was when one of its statements fails', async () => {
    const { id } = await createArticle(web, { title: 'Hel', topics: [topic] })
    const restore = beforeStatement(web, TEXTS, () =>
      Promise.reject(new Error('SQLITE_FULL: the disk is full')),
    )
    await expect(updateArticle({ payload: web, id, data: { title: 'Halv' } })).rejects.toThrow()
    restore()
    expect([await read(web, id), await read(worker, id)]).toEqual([
      { title: 'Hel', topics: [topic] },
      { title: 'Hel', topics: [topic] },
    ])
    await updateArticle({ payload: web, id, data: { title: 'Sedan' } })
    expect(await read(worker, id)).toEqual({ title: 'Sedan', topics: [topic] })
  })
})

/** A process may be stopped, or may look, right before such a statement. */
function beforeStatement(payload: Payload, statement: RegExp, act: () => Promise<void>): () => void {
  const { client } = payload.db as typeof payload.db & { client: Client }
  const { execute } = client
  const watched = async (input: Parameters<Client['execute']>[0]) => {
    if (statement.test(typeof input === 'string' ? input : input.sql)) await act()
    return execute(input)
  }
  Object.assign(client, { execute: watched })
  return () => Object.assign(client, { execute })
}
