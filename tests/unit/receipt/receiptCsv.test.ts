import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { receiptCsv } from '../../../src/collections/Campaigns/endpoints/receipt/receiptCsv.ts'
import { RECIPIENT_COLUMNS } from '../../../src/collections/Campaigns/endpoints/receipt/recipient.ts'
import { csvRow } from '../../../src/subscribers/csv.ts'
import { pagesOf, recipient, textOf } from './recipients.ts'

const read = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true })
const cellsOf = (csv: string): string[][] => parse(csv)

describe('a receipt as CSV', () => {
  it('begins with a byte order mark and the names of the columns, once, and ends each row with CR LF', async () => {
    const csv = await textOf(
      receiptCsv({
        pages: pagesOf([recipient()], [recipient({ batch: 1, deliveredAt: '2026-11-25T10:00:09.000Z' })]),
      }),
    )
    expect(csv).toBe(
      [
        '\uFEFFemail,name,locale,status,reason,detail,providerId,settledAt,batch,deliveredAt,delayedAt,bouncedAt,complainedAt,failedAt',
        'ada@example.com,Ada Åberg,sv,submitted,,,re_1,2026-11-25T10:00:00.000Z,0,,,,,',
        'ada@example.com,Ada Åberg,sv,submitted,,,re_1,2026-11-25T10:00:00.000Z,1,2026-11-25T10:00:09.000Z,,,,',
        '',
      ].join('\r\n'),
    )
  })

  it('has its head also when there is nobody', async () => {
    expect(await textOf(receiptCsv({ pages: pagesOf() }))).toBe(`\uFEFF${RECIPIENT_COLUMNS.join(',')}\r\n`)
  })

  it('is read again as it was, whatever a name or a provider says', async () => {
    const names = ['a "b" c', 'a,b;c', 'first\r\nsecond', ' spaced ', '"', 'Ö🙂', "'quoted'", 'a\tb', '1,5']
    const csv = await textOf(
      receiptCsv({ pages: pagesOf(names.map((name) => recipient({ name, detail: name }))) }),
    )
    expect(read(csv).map(({ name, detail }) => [name, detail])).toEqual(names.map((name) => [name, name]))
  })

  it.each([
    ["x;=cmd|'/c calc'!A0;y", "x;'=cmd|'/c calc'!A0;y"],
    ['x; =1;"=2', `x;' =1;'"=2`],
    ['x\t=1', "x\t'=1"],
    ['x\n@SUM(A1)\r\n-1', "x\n'@SUM(A1)\r\n'-1"],
  ])('makes no formula of %j where a spreadsheet parts cells by semicolons or tabs', (cell, defused) => {
    expect(cellsOf(csvRow([cell, 'after']))).toEqual([[defused, 'after']])
  })

  it.each(['=1+2', '+46 8', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '=cmd|"/c calc"!A1'])(
    'makes a text of %j, which a spreadsheet would run',
    (cell) => {
      expect(cellsOf(csvRow([cell, 'after']))).toEqual([[`'${cell}`, 'after']])
    },
  )

  it.each(['a=b', 'ada+tag@example.com', 'a-b', 'a;b', 'a; b', '5', ''])('leaves %j as it is', (cell) => {
    expect(cellsOf(csvRow([cell, 'after']))).toEqual([[cell, 'after']])
  })
})
