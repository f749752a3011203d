import { expect, it } from '@jest/globals'
import { receiptName } from '../../../src/collections/Campaigns/endpoints/receipt.ts'

it.each([
  ['Vad hände när cheferna försvann?', 'receipt-7-vad-hande-nar-cheferna-forsvann'],
  ['"\r\nX: y', 'receipt-7-x-y'],
  ['日本', 'receipt-7'],
  [null, 'receipt-7'],
  ['a'.repeat(200), `receipt-7-${'a'.repeat(60)}`],
])('the receipt of %j is a file that every system can name: %s', (subject, name) => {
  expect(receiptName({ id: 7, subject })).toBe(name)
})
