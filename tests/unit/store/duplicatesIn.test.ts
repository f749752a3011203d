import { describe, expect, it } from '@jest/globals'
import { MongoBulkWriteError, MongoServerError, type BulkWriteResult } from 'mongodb'
import { duplicatesIn, insertEachEvent } from '../../../src/adapters/store/mongo/values.ts'

const DUPLICATE = 11_000
/** As the driver makes it of whatever goes wrong in an insertMany. */
const failure = (code: number, writeErrors: { index: number; code: number }[]) =>
  new MongoBulkWriteError(
    { message: 'refused', code, writeErrors: writeErrors as never },
    {} as BulkWriteResult,
  )

describe('an insertMany of MongoDB that failed', () => {
  it('because of documents that were there says which', () => {
    const refused = [
      { index: 1, code: DUPLICATE },
      { index: 3, code: DUPLICATE },
    ]
    expect(duplicatesIn(failure(DUPLICATE, refused))).toEqual([1, 3])
  })

  it.each<[what: string, error: Error]>([
    ['a full disk', failure(14_031, [])],
    ['a right that is missing', failure(13, [])],
    ['a write concern that was not met', failure(64, [])],
    [
      'one document that was there and one that may not be',
      failure(121, [
        { index: 0, code: DUPLICATE },
        { index: 1, code: 121 },
      ]),
    ],
    ['an error of another kind', new MongoServerError({ message: 'not primary' })],
  ])('because of %s is thrown: nobody takes an event for written', async (_, error) => {
    expect(() => duplicatesIn(error)).toThrow(error)
    const rows = { insertMany: () => Promise.reject(error) }
    await expect(insertEachEvent(rows as never, [{ eventId: 'a' }] as never)).rejects.toBe(error)
  })
})
