import { describe, expect, it } from '@jest/globals'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import { prepareNextCampaign } from '../../src/newsletter/prepareNextCampaign.ts'
import type { Flow } from '../../src/newsletter/ports.ts'
import { rescue } from '../../src/newsletter/rescue.ts'
import { killedFlow, Killed } from '../support/flow/crash.ts'
import { chance, interleave } from '../support/flow/interleave.ts'
import { drainFlow, newsroom, recipientsOf, type Content, type Newsroom } from '../support/flow/newsroom.ts'
import { at } from '../support/flow/time.ts'
import { isLong } from '../support/longRun.ts'

/** Two readers, and an article that is published at 08:00 with a minute to undo. */
async function published(holdSeconds = 60) {
  const room = newsroom()
  room.site.holdSeconds = holdSeconds
  await room.rig.addSubscribers(2)
  return { room, article: await room.publish() }
}

const control = (
  room: Newsroom,
  article: string,
  what: 'undo' | 'send-now' | 'pause' | 'resume',
  flow = room.flow(),
) => controlCampaign(flow, { id: room.campaignOf(article).id, control: what, by: 'editor' })

const isPublic = (room: Newsroom, article: string) =>
  room.rig.rows.articles.find(({ id }) => id === article)?.isPublished

const endOf = (room: Newsroom, article: string) => ({
  status: room.campaignOf(article).status,
  isPublic: isPublic(room, article),
  mails: recipientsOf(room.mailer.mails).length,
})

const MAILED = { status: 'submitted', isPublic: true, mails: 2 }
const UNDONE = { status: 'cancelled', isPublic: false, mails: 0 }

describe('a published article', () => {
  it('is mailed to nobody in its hold, and to everybody after it', async () => {
    const { room, article } = await published()
    room.clock.pass(59)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual({ status: 'holding', isPublic: true, mails: 0 })
    room.clock.pass(1)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('is mailed at once where the site has no hold', async () => {
    const { room, article } = await published(0)
    expect(room.campaignOf(article)).toMatchObject({ status: 'scheduled', dueAt: at('08:00') })
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('pauses when the last look finds a stop, and is looked at again when an editor resumes it', async () => {
    const { room, article } = await published()
    room.clock.pass(60)
    room.site.objection = { code: 'stopped_by_size', message: 'Too long.' }
    await drainFlow(room.flow())
    expect(room.campaignOf(article)).toMatchObject({
      status: 'paused',
      problem: { code: 'stopped_by_size', message: 'Too long.' },
    })
    expect(await control(room, article, 'resume')).toBe(true)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual({ status: 'paused', isPublic: true, mails: 0 })
    room.site.objection = null
    expect(await control(room, article, 'resume')).toBe(true)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('that waits so is mailed when it is published again, mended, after a hold of its own', async () => {
    const { room, article } = await published()
    room.clock.pass(60)
    room.site.objection = { code: 'stopped_by_size', message: 'Too long.' }
    await drainFlow(room.flow())
    room.site.objection = null
    await room.publish(article)
    expect(room.campaignOf(article)).toMatchObject({ status: 'holding', problem: null })
    room.clock.pass(60)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('that staff paused stays paused when it is published again', async () => {
    const { room, article } = await published()
    await control(room, article, 'pause')
    await room.publish(article)
    expect(room.campaignOf(article).status).toBe('paused')
  })

  it('is mailed in its hold when an editor says so', async () => {
    const { room, article } = await published()
    expect(await control(room, article, 'send-now')).toBe(true)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('is undone in its hold: nobody is mailed, and readers do not see it', async () => {
    const { room, article } = await published()
    room.clock.pass(59)
    expect(await control(room, article, 'undo')).toBe(true)
    room.clock.pass(3600)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(UNDONE)
  })

  it('cannot be undone after its hold, or while it is mailed', async () => {
    const { room, article } = await published()
    room.clock.pass(60)
    await prepareNextCampaign(room.flow())
    expect(await control(room, article, 'undo')).toBe(false)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('is mailed once when it is published again after an undo, with a hold of its own', async () => {
    const { room, article } = await published()
    await control(room, article, 'undo')
    room.clock.set('09:00')
    await room.publish(article)
    expect(room.campaignOf(article)).toMatchObject({
      ...{ status: 'holding', dueAt: at('09:01'), heldAt: at('09:00') },
      ...{ undoneAt: null, undoneBy: null, returnedAt: null, finishedAt: null },
    })
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual({ status: 'holding', isPublic: true, mails: 0 })
    room.clock.set('09:01')
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('can be undone, published and undone again', async () => {
    const { room, article } = await published()
    await control(room, article, 'undo')
    await room.publish(article)
    expect(await control(room, article, 'undo')).toBe(true)
    room.clock.pass(3600)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(UNDONE)
  })

  it('that is paused in its hold is mailed when somebody resumes it', async () => {
    const { room, article } = await published()
    await control(room, article, 'pause')
    room.clock.pass(3600)
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual({ status: 'paused', isPublic: true, mails: 0 })
    await control(room, article, 'resume')
    await drainFlow(room.flow())
    expect(endOf(room, article)).toEqual(MAILED)
  })

  it('that was unpublished and published again in its hold has a whole hold again', async () => {
    const { room, article } = await published()
    room.clock.pass(50)
    room.unpublish(article)
    room.clock.pass(5)
    await room.publish(article)
    expect(room.campaignOf(article)).toMatchObject({ status: 'holding', dueAt: at('08:01:55') })
  })

  it('keeps its hold when it is corrected meanwhile', async () => {
    const { room, article } = await published()
    room.clock.pass(30)
    await room.publish(article)
    expect(room.campaignOf(article)).toMatchObject({ status: 'holding', dueAt: at('08:01') })
  })

  it('that waited for its article is held again when that is published', async () => {
    const { room, article } = await published()
    room.unpublish(article)
    room.clock.set('08:01')
    await drainFlow(room.flow())
    expect(room.campaignOf(article).status).toBe('paused')
    await room.publish(article)
    expect(room.campaignOf(article)).toMatchObject({ status: 'holding', dueAt: at('08:02') })
  })
})

describe('an undo that a crash cuts', () => {
  /** The calls of an undo that is not cut. */
  const callsOfUndo = async (): Promise<string[]> => {
    const { room, article } = await published()
    const { flow, calls } = killedFlow(room.flow(), null)
    await control(room, article, 'undo', flow)
    return calls
  }

  it('at any call leaves nothing done, or is finished by the next worker', async () => {
    const calls = await callsOfUndo()
    expect(calls).toEqual(['undoCampaign', 'findUndone', 'takeBack'])
    for (const call of calls.keys())
      for (const when of ['before', 'after'] as const) {
        const { room, article } = await published()
        const { flow } = killedFlow(room.flow(), { call, when })
        await control(room, article, 'undo', flow).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error
        })
        const isUndone = call > 0 || when === 'after'
        room.clock.pass(3600)
        await drainFlow(room.flow())
        expect({ call, when, ...endOf(room, article) }).toEqual({
          ...{ call, when },
          ...(isUndone ? UNDONE : MAILED),
        })
      }
  })

  it('takes nothing back that was published again meanwhile', async () => {
    const { room, article } = await published()
    const { flow } = killedFlow(room.flow(), { call: 0, when: 'after' })
    await control(room, article, 'undo', flow).catch(() => undefined)
    await room.publish(article)
    await rescue(room.flow())
    expect(endOf(room, article)).toEqual({ status: 'holding', isPublic: true, mails: 0 })
  })

  it('of an article that cannot be saved keeps no other waiting, and is tried again', async () => {
    const { room, article } = await published()
    const other = await room.publish()
    const failing = (flow: Flow<Content>): Flow<Content> => ({
      ...flow,
      articles: {
        ...flow.articles,
        takeBack: async (undone) => {
          if (undone.articleId === article) throw new Error('the disk is full')
          await flow.articles.takeBack(undone)
        },
      },
    })
    expect(await control(room, article, 'undo', failing(room.flow()))).toBe(true)
    expect(await control(room, other, 'undo', failing(room.flow()))).toBe(true)
    expect([isPublic(room, article), isPublic(room, other)]).toEqual([true, false])
    await rescue(room.flow())
    expect([endOf(room, article), endOf(room, other)]).toEqual([UNDONE, UNDONE])
  })
})

it('undos that race two workers mail nobody after a yes, and everybody after a no', async () => {
  const ends = new Set<string>()
  for (let seed = 0; seed < (isLong ? 1000 : 150); seed++) {
    const { room, article } = await published()
    const random = chance(seed)
    room.clock.pass(59)
    let said: boolean | null = null
    const editor = Math.floor(random() * 3)
    const act = async (flow: Flow<Content>, number: number) => {
      if (number !== editor) return drainFlow(flow)
      said = await control(room, article, 'undo', flow)
    }
    const flows = [room.flow(), room.flow(), room.flow()]
    let next = 0
    await interleave({
      flows,
      run: (flow) => act(flow, next++),
      random,
      onTurn: async () => room.clock.pass(random() < 0.3 ? 1 : 0),
    })
    room.clock.pass(3600)
    await drainFlow(room.flow())
    expect({ seed, ...endOf(room, article) }).toEqual({ seed, ...(said ? UNDONE : MAILED) })
    ends.add(String(said))
  }
  expect([...ends].toSorted()).toEqual(['false', 'true'])
})
