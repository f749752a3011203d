import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { createSaveWatch, type SaveWatch, type Trouble } from '../../../src/admin/saving/createSaveWatch.ts'
import type { StaleSave } from '../../../src/saving/staleSave.ts'

const VERSIONS = ['00', '01', '02', '03'].map((second) => `2026-11-29T12:00:${second}.000Z`)
const [FIRST = '', SECOND = '', THIRD = ''] = VERSIONS
const STALE: StaleSave = {
  savedBy: { id: 2, name: 'Eva' },
  isOwn: false,
  savedAt: SECOND,
  etag: `"${SECOND}"`,
}

const saved = (updatedAt: string) => Response.json({ doc: { updatedAt } })
const refused = (status: number, error: object) => Response.json({ errors: [error] }, { status })

/** A page with a form, and a server that answers as it is told. */
function openPage(answers: (Response | Error)[]) {
  const asked: { url: string; base: string | null }[] = []
  const server: typeof fetch = async (input, init) => {
    asked.push({ url: String(input), base: new Headers(init?.headers).get('If-Match') })
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('Nothing was expected here.')
    return answer
  }
  const window: { fetch: typeof fetch; location: { href: string } } = {
    fetch: server,
    location: { href: 'http://site.example/admin' },
  }
  Object.assign(globalThis, { window })
  let isKnown = true
  const watch: SaveWatch = createSaveWatch({ isLoggedIn: async () => isKnown, isWriting: () => true })
  watch.install()
  const troubles: (Trouble | null)[] = []
  const recoveries = jest.fn()
  watch.onTrouble((trouble) => troubles.push(trouble))
  watch.onRecovered(recoveries)
  const save = (version: string | null, query = '?autosave=true') => {
    const body = new FormData()
    body.set('_payload', JSON.stringify({ title: 'x', updatedAt: version }))
    return window.fetch(`/api/articles/1${query}`, { method: 'PATCH', body })
  }
  return {
    ...{ asked, recoveries, save, troubles, watch, window },
    logOut: () => void (isKnown = false),
    settle: () => jest.advanceTimersByTimeAsync(0),
    beQuiet: () => jest.advanceTimersByTimeAsync(1_500),
  }
}
const kinds = (troubles: (Trouble | null)[]) => troubles.map((trouble) => trouble?.kind ?? null)

beforeEach(() => void jest.useFakeTimers())
afterEach(() => {
  jest.useRealTimers()
  Reflect.deleteProperty(globalThis, 'window')
})

describe('a save of a form', () => {
  it('names the version that the form holds, and the one that its own last save made', async () => {
    const { asked, save } = openPage([saved(SECOND), saved(THIRD), saved(FIRST)])
    await save(FIRST)
    await save(FIRST)
    await save(null)
    expect(asked.map(({ base }) => base)).toEqual([`"${FIRST}"`, `"${SECOND}"`, null])
  })

  it('names its own newest version, whichever answer the form has heard last', async () => {
    const [, , , fourth = ''] = VERSIONS
    const { asked, save } = openPage([saved(SECOND), saved(THIRD), saved(fourth)])
    // The second is sent before the form has heard of the first, and then it hears of the first alone.
    await Promise.all([save(FIRST), save(FIRST)])
    await save(SECOND, '')
    expect(asked.map(({ base }) => base)).toEqual([`"${FIRST}"`, `"${SECOND}"`, `"${THIRD}"`])
  })

  it('names what the server gave the form on a page that is opened anew', async () => {
    const { asked, save, watch } = openPage([saved(SECOND), saved(THIRD)])
    await save(FIRST)
    watch.pageChanged()
    await save(FIRST)
    expect(asked.map(({ base }) => base)).toEqual([`"${FIRST}"`, `"${FIRST}"`])
  })

  it('waits for the one before it', async () => {
    const { asked, save } = openPage([saved(SECOND), saved(THIRD)])
    await Promise.all([save(FIRST), save(FIRST, '')])
    expect(asked.map(({ base }) => base)).toEqual([`"${FIRST}"`, `"${SECOND}"`])
  })

  it('on top of a newer version waits, and replaces that version alone when somebody says so', async () => {
    const { asked, beQuiet, recoveries, save, settle, troubles } = openPage([
      refused(409, { code: 'save_stale', data: STALE }),
      refused(409, { code: 'save_stale', data: { ...STALE, etag: `"${THIRD}"` } }),
      saved(VERSIONS[3] ?? ''),
    ])
    const answer = save(FIRST)
    for (let round = 0; round < 2; round += 1) {
      await settle()
      const trouble = troubles.at(-1)
      if (trouble?.kind === 'stale') trouble.decide('over')
    }
    expect((await answer).status).toBe(200)
    await beQuiet()
    expect(asked.map(({ base }) => base)).toEqual([`"${FIRST}"`, `"${SECOND}"`, `"${THIRD}"`])
    expect([kinds(troubles), recoveries.mock.calls.length]).toEqual([['stale', 'stale', null], 1])
  })

  it('that is left is refused without a word of its own, and is told to be unsaved', async () => {
    const { recoveries, save, settle, troubles } = openPage([
      refused(409, { code: 'save_stale', message: 'Eva har sparat', data: STALE }),
    ])
    const answer = save(FIRST, '')
    await settle()
    const trouble = troubles.at(-1)
    if (trouble?.kind === 'stale') trouble.decide('leave')
    const { status } = await answer
    expect([status, await (await answer).json(), troubles.at(-1), recoveries.mock.calls.length]).toEqual([
      409,
      { errors: [] },
      { kind: 'failed', isRepeated: false, message: 'Eva har sparat' },
      0,
    ])
  })

  it('of who is logged out waits for the login, and nothing is called saved before it is', async () => {
    const { beQuiet, logOut, recoveries, save, settle, troubles, watch } = openPage([
      refused(403, {}),
      saved(SECOND),
    ])
    logOut()
    const answer = save(FIRST)
    await settle()
    expect([kinds(troubles), recoveries.mock.calls.length]).toEqual([['session'], 0])
    watch.loggedIn()
    expect(recoveries).not.toHaveBeenCalled()
    expect((await answer).status).toBe(200)
    expect(recoveries).not.toHaveBeenCalled()
    await beQuiet()
    expect([kinds(troubles), recoveries.mock.calls.length]).toEqual([['session', null, null], 1])
  })

  it('that the person may not make is refused as it is', async () => {
    const { save, troubles } = openPage([refused(403, { message: 'Nej' })])
    expect((await save(FIRST)).status).toBe(403)
    expect(troubles).toEqual([{ kind: 'failed', isRepeated: false, message: 'Nej' }])
  })

  it.each<[what: string, answer: () => Response | Error]>([
    ['no answer', () => new Error('Failed to fetch')],
    ['a fault of the server', () => refused(500, {})],
    ['a server that is too busy', () => refused(503, {})],
  ])('with %s is tried again by itself, unless the form saves again before', async (_, answer) => {
    const repeated = openPage([answer(), saved(SECOND)])
    await repeated.save(FIRST).catch(() => undefined)
    expect(kinds(repeated.troubles)).toEqual(['failed'])
    await jest.advanceTimersByTimeAsync(5_000)
    await repeated.beQuiet()
    expect([repeated.asked.length, kinds(repeated.troubles), repeated.recoveries.mock.calls.length]).toEqual([
      2,
      ['failed', null],
      1,
    ])
    const newer = openPage([answer(), saved(SECOND)])
    await newer.save(FIRST).catch(() => undefined)
    await newer.save(FIRST)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(newer.asked.length).toBe(2)
  })

  it('that somebody asked for is not repeated by itself', async () => {
    const { asked, save, troubles } = openPage([refused(500, {})])
    await save(FIRST, '')
    await jest.advanceTimersByTimeAsync(60_000)
    expect([asked.length, troubles]).toEqual([1, [{ kind: 'failed', isRepeated: false, message: null }]])
  })
})

describe('the session that cannot be renewed', () => {
  it('is asked for in place of a page that goes away', async () => {
    const { logOut, settle, troubles, watch, window } = openPage([
      refused(403, {}),
      Response.json({ user: {} }),
    ])
    logOut()
    const answer = window.fetch('/api/users/refresh-token', { method: 'POST' })
    await settle()
    expect(kinds(troubles)).toEqual(['session'])
    watch.loggedIn()
    expect((await answer).status).toBe(200)
  })
})

it('lets everything else pass as it is', async () => {
  const { asked, troubles, window } = openPage([
    refused(403, {}),
    refused(409, { code: 'save_stale' }),
    refused(500, {}),
  ])
  await window.fetch('/api/articles/1', { method: 'PATCH', body: JSON.stringify({ _status: 'draft' }) })
  await window.fetch('/api/payload-preferences/x', { method: 'PATCH', body: new FormData() })
  await window.fetch('/admin/collections/articles/1', { method: 'POST', body: new FormData() })
  expect([asked.length, troubles]).toEqual([3, []])
})
