import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { tryLock } from '../../../src/cli/server/tryLock.ts'

const folder = mkdtempSync(join(tmpdir(), 'utskick-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a lock is held by one until it is released, and its folder is made', async () => {
  const file = join(folder, 'made', 'a.lock')
  const first = await tryLock(file)
  const whileHeld = await tryLock(file)
  await first?.release()
  const second = await tryLock(file)
  await second?.release()
  expect([first, whileHeld, second].map((lock) => lock !== null)).toEqual([true, false, true])
})
