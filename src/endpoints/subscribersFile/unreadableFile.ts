import type { SubscriberFileError } from '../../subscribers/SubscriberFileError.ts'

/**
 * 422 that says what is wrong with the file. Not thrown: Payload would log it, and a file without a header has an address
 * where the names of its columns should be.
 */
export const unreadableFile = (error: SubscriberFileError): Response =>
  Response.json(
    { errors: [{ message: `The file ${error.message}.`, data: { code: error.code } }] },
    { status: 422, headers: { 'Cache-Control': 'no-store' } },
  )
