import { describe, expect, it } from '@jest/globals'
import { newestAnswer, type Question } from '../../../src/admin/saving/newestAnswer.ts'

interface Asked extends Question {
  name: string
}

const link = { schemaPath: 'link', formState: {} }
const block = { schemaPath: 'block', formState: {} }

/** A server that answers when it is told to, and a form that asks it. */
function asking() {
  const answers = new Map<string, () => void>()
  const ask = newestAnswer(
    (question: Asked) =>
      new Promise<string>((resolve) =>
        answers.set(question.name, () => resolve(question.signal?.aborted ? 'nothing' : question.name)),
      ),
  )
  return { ask, answer: (name: string) => answers.get(name)?.() }
}

describe('a question about the state of a form', () => {
  it('is answered as the server answers it', async () => {
    const { ask, answer } = asking()
    const first = ask({ name: 'first', ...link })
    answer('first')
    expect(await first).toBe('first')
  })

  it('that the form drops for a newer one is answered as the newest is', async () => {
    const { ask, answer } = asking()
    const drops = [new AbortController(), new AbortController()]
    const first = ask({ name: 'first', ...link, signal: drops[0]?.signal })
    drops[0]?.abort()
    const second = ask({ name: 'second', ...link, signal: drops[1]?.signal })
    answer('first')
    drops[1]?.abort()
    answer('second')
    const third = ask({ name: 'third', ...link })
    answer('third')
    expect(await Promise.all([first, second, third])).toEqual(['third', 'third', 'third'])
  })

  it('that is dropped before the newer one is asked waits for it', async () => {
    const { ask, answer } = asking()
    const drop = new AbortController()
    const first = ask({ name: 'first', ...link, signal: drop.signal })
    drop.abort()
    answer('first')
    // The form reads its preferences before it asks.
    await Promise.resolve()
    const second = ask({ name: 'second', ...link })
    answer('second')
    expect(await Promise.all([first, second])).toEqual(['second', 'second'])
  })

  it('never gets the answer of another form', async () => {
    const { ask, answer } = asking()
    const drop = new AbortController()
    const first = ask({ name: 'link', ...link, signal: drop.signal })
    const other = ask({ name: 'block', ...block })
    drop.abort()
    answer('link')
    answer('block')
    expect(await other).toBe('block')
    const again = ask({ name: 'link again', ...link })
    answer('link again')
    expect(await Promise.all([first, again])).toEqual(['link again', 'link again'])
  })

  it('of a form that was closed is not answered by another one that opens at the same place', async () => {
    const { ask, answer } = asking()
    const drop = new AbortController()
    let answered: string | null = null
    void ask({ name: 'closed', ...link, signal: drop.signal }).then((given) => (answered = given))
    drop.abort()
    const opened = ask({ name: 'opened', schemaPath: 'link' })
    const changed = ask({ name: 'changed', ...link })
    for (const name of ['closed', 'opened', 'changed']) answer(name)
    expect(await Promise.all([opened, changed])).toEqual(['opened', 'changed'])
    expect(answered).toBeNull()
  })
})
