import { describe, expect, it } from '@jest/globals'
import { withWholeMessages } from '../../../src/admin/refusals/withWholeMessages.ts'

const messages = (errors: object[]) => withWholeMessages({ errors }).errors?.map(({ message }) => message)

describe('what the notices of the admin show', () => {
  it.each<[what: string, error: object, shown: string]>([
    [
      'a sentence with a time, commas and an address',
      { message: 'Klockan 08:00, eller senare: https://example.com/, tack.' },
      'Klockan 08∶00, eller senare∶ https∶//example.com/, tack.',
    ],
    [
      'a sentence about a field',
      {
        message: 'Datum: fel, ändra det.',
        data: { errors: [{ path: 'a', message: 'Datum: fel, ändra det.' }] },
      },
      'Datum∶ fel, ändra det.',
    ],
    [
      'a list of fields',
      {
        message: 'Följande fält är ogiltiga: Rubrik, Text',
        data: { errors: [{ path: 'title', message: 'Fältet är obligatoriskt.' }] },
      },
      'Följande fält är ogiltiga: Rubrik, Text',
    ],
    ['a sentence without a colon', { message: 'Det går inte, än.' }, 'Det går inte, än.'],
  ])('%s: whole', (_, error, shown) => {
    expect(messages([error])).toEqual([shown])
  })

  it('an answer of another shape: as it is', () => {
    for (const answer of [{}, { errors: [{}] }, { message: 'a: b, c' }])
      expect(withWholeMessages(answer)).toEqual(answer)
  })
})
