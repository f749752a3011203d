/**
 * Texts as the body of an answer: the next one is made when the reader has taken the last, and none when they have gone.
 * The first is made before the stream is given, so that what fails at once is an error answer.
 *
 * An error later breaks the stream off, which the reader notices: the answer does not end as a whole one does.
 * @param onError is told of such an error; the status has long been sent.
 */
export async function streamText({
  texts,
  onError,
}: {
  texts: AsyncGenerator<string>
  onError: (error: unknown) => void
}): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let next: IteratorResult<string> | null = await texts.next()
  let isGone = false
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = next ?? (await texts.next())
          next = null
          // The reader may have gone while it was made.
          if (isGone) return
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (error) {
          onError(error)
          throw error
        }
      },
      cancel: async () => {
        isGone = true
        await texts.return(undefined)
      },
    },
    { highWaterMark: 1 },
  )
}
