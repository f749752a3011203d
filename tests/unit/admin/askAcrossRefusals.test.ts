import { describe, expect, it } from '@jest/globals'
import { askAcrossRefusals } from '../../../src/admin/refusals/askAcrossRefusals.ts'

const answer = { state: { title: { valid: true } }, lockedState: 'ours' }

/** A server that refuses something, or nothing, while it is asked. */
const asking = ({ refused }: { refused: number }) => {
  const refusals = { count: 3, asking: 0 }
  return askAcrossRefusals(async (_: { formState?: unknown }) => {
    refusals.count += refused
    return Promise.resolve(answer)
  }, refusals)
}

describe('what a form asks about its state', () => {
  it('is answered as the server answers it', async () => {
    expect(await asking({ refused: 0 })({ formState: {} })).toEqual(answer)
  })

  it('says nothing about the state when something was refused meanwhile', async () => {
    expect(await asking({ refused: 1 })({ formState: {} })).toEqual({ ...answer, state: null })
  })

  it('is answered where the form opens, whatever was refused meanwhile', async () => {
    expect(await asking({ refused: 1 })({})).toEqual(answer)
  })
})
