import { Writable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { showProgress } from '../../../src/cli/terminal/showProgress.ts'

describe('progress', () => {
  it('is one line that changes on a terminal, below what else is printed', () => {
    const { stream, written } = terminal({ isTTY: true })
    const progress = showProgress(stream)
    progress.update({ done: 1_000, of: 20_000, what: 'lines' })
    progress.print('line 1234: no')
    progress.update({ done: 2_000, of: 20_000, what: 'lines' })
    progress.end()
    expect(written()).toBe('1,000 of 20,000 lines\r\u001b[Kline 1234: no\n2,000 of 20,000 lines\r\u001b[K')
  })

  it('is a line for every 100,000 in a log', () => {
    const { stream, written } = terminal({ isTTY: false })
    const progress = showProgress(stream)
    for (let done = 50_000; done <= 250_000; done += 50_000)
      progress.update({ done, of: 250_000, what: 'lines' })
    progress.end()
    expect(written()).toBe('100,000 of 250,000 lines\n200,000 of 250,000 lines\n')
  })
})

function terminal({ isTTY }: { isTTY: boolean }) {
  const chunks: string[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk.toString())
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY }), written: () => chunks.join('') }
}
