import { describe, expect, it } from '@jest/globals'
import { memoryMailer } from '../../../src/adapters/mailer/memory/memoryMailer.ts'
import type { Outcome } from '../../../src/newsletter/model.ts'
import { mailsTo } from '../../support/mailOf.ts'

const mails = mailsTo(2)
const call = { key: 'campaign-1-1', mails }
const BUSY: Outcome = { kind: 'later', afterMs: 5, problem: { code: 'busy', message: 'Busy.' } }

describe('the memory mailer', () => {
  it('answers as it is scripted, takes nothing then, and as usual afterwards', async () => {
    const mailer = memoryMailer()
    mailer.answerNext(BUSY)
    expect(await mailer.send(call)).toEqual(BUSY)
    expect(mailer.mails).toEqual([])
    expect((await mailer.send(call)).kind).toBe('answered')
    expect([mailer.mails, mailer.calls]).toEqual([mails, [call, call]])
  })

  it('takes the mails and loses the answer, and tells it when asked again', async () => {
    const mailer = memoryMailer()
    mailer.answerNext({ kind: 'lost' })
    const outcomes = [await mailer.send(call), await mailer.send(call)]
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'answered'])
    expect(mailer.mails).toEqual(mails)
  })

  it('takes twice what is sent twice where there is no key', async () => {
    const mailer = memoryMailer({ repeatableMs: 0 })
    mailer.answerNext({ kind: 'lost' })
    await mailer.send(call)
    await mailer.send(call)
    expect(mailer.mails).toEqual([...mails, ...mails])
  })

  it('takes the mails that its scripted results accept', async () => {
    const mailer = memoryMailer()
    const results: Outcome = {
      kind: 'answered',
      results: [
        { kind: 'rejected', code: 'no', detail: null },
        { kind: 'accepted', providerId: 'p1' },
      ],
    }
    mailer.answerNext(results)
    expect([await mailer.send(call), await mailer.send(call)]).toEqual([results, results])
    expect(mailer.mails).toEqual(mails.slice(1))
  })

  it('takes no other mails under a key that was used', async () => {
    const mailer = memoryMailer()
    await mailer.send(call)
    const outcome = await mailer.send({ ...call, mails: mailsTo(1) })
    expect([outcome.kind, mailer.mails]).toEqual(['conflict', mails])
  })

  it('throws when a mailer with a bug is wanted', async () => {
    const mailer = memoryMailer()
    mailer.answerNext({ kind: 'throws', error: new Error('a bug') })
    await expect(mailer.send(call)).rejects.toThrow('a bug')
    expect(mailer.mails).toEqual([])
  })
})
