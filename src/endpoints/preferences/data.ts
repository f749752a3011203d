import type { PayloadRequest } from 'payload'
import { readReaderData } from '../../readers/readerData.ts'
import { problemAnswer } from '../reader/answers.ts'
import { asReader, isProblem } from './asReader.ts'

/** `GET /api/preferences/data`: a file. It holds the address, which the page masks: whoever has the link may have it. */
export async function giveData(req: PayloadRequest): Promise<Response> {
  const data = await asReader(req, { what: 'preferences.data' }, async ({ reader, now }) => ({
    file: JSON.stringify(await readReaderData({ payload: req.payload, reader, now }), null, 2),
  }))
  if (isProblem(data)) return problemAnswer(req, data)
  return new Response(`${data.file}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="newsletter-data.json"',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
