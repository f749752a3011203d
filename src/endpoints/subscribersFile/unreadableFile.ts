import type { SubscriberFileError } from '../../subscribers/SubscriberFileError.ts'

/**
 * 422 that says what is wrong with the file, in the language of the request, and what there is to answer. Not thrown:
 * Payload would log it, and a file without a header has an address where the names of its columns should be.
 */
export const unreadableFile = ({
  error,
  language,
}: {
  error: SubscriberFileError
  language: string
}): Response => {
  const message = language === 'sv' ? `Filen ${error.words.sv}.` : `The file ${error.words.en}.`
  const { code, questions } = error
  return Response.json(
    { errors: [{ message, data: { code, ...(questions.length > 0 && { questions }) } }] },
    { status: 422, headers: { 'Cache-Control': 'no-store' } },
  )
}
