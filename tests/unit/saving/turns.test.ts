import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { refusalCodeOf } from '../../../src/refusals/refusal.ts'
import type { LastSave, SaveTurns } from '../../../src/saving/ports.ts'
import { endTurns, keepTurns, LEASE_MS, takeTurn, writeInTurn } from '../../../src/saving/turns.ts'

interface Row {
  holder: string | null
  until: number
  lastSave: LastSave | null
}

/** One database; each `db` on it is a process. */
function oneDatabase() {
  const rows = new Map<string, Row>()
  const store: SaveTurns = {
    take: async ({ document, holder, now, until }) => {
      const row = rows.get(document)
      if (row?.holder && row.until > now) return null
      rows.set(document, { lastSave: row?.lastSave ?? null, holder, until })
      return { lastSave: row?.lastSave ?? null }
    },
    during: async ({ document, holder, until, save }, write) => {
      if (rows.get(document)?.holder !== holder) return null
      rows.set(document, { holder, until, lastSave: save })
      return { result: await write() }
    },
    release: async ({ document, holder }) => {
      const row = rows.get(document)
      if (row?.holder === holder) row.holder = null
    },
    forget: async (document) => void rows.delete(document),
  }
  const openProcess = () => {
    const db = {}
    keepTurns(db, store)
    return db
  }
  return { rows, openProcess }
}

const operation = (transactionID: string) => ({ req: { transactionID }, document: 'articles:1' })
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: object) => refusalCodeOf(error),
  )

describe('a turn to save', () => {
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => {
    jest.useRealTimers()
    jest.restoreAllMocks()
  })

  it('comes in the order of asking, in one process', async () => {
    const db = oneDatabase().openProcess()
    const order: string[] = []
    const save = async (name: string) => {
      await takeTurn({ db, ...operation(name) })
      order.push(`${name} begins`)
      await jest.advanceTimersByTimeAsync(10)
      order.push(`${name} ends`)
      await endTurns({ db, operation: name })
    }
    await Promise.all([save('a'), save('b'), save('c')])
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('is one operation’s, also when it asks twice', async () => {
    const db = oneDatabase().openProcess()
    const first = await takeTurn({ db, ...operation('a') })
    expect(await takeTurn({ db, ...operation('a') })).toBe(first)
    expect(await takeTurn({ db, req: {}, document: 'articles:1' })).toBeNull()
  })

  it.each([
    ['in the same process', { isSame: true, chance: 0.5 }],
    ['in another process', { isSame: false, chance: 0.5 }],
    ['in another process that asks often', { isSame: false, chance: 0 }],
    ['in another process that would ask again too late', { isSame: false, chance: 0.9 }],
  ])('is refused to who has waited for ten seconds %s, and holds nobody up after that', async (_, wait) => {
    const { isSame, chance } = wait
    jest.spyOn(Math, 'random').mockReturnValue(chance)
    const { openProcess } = oneDatabase()
    const db = openProcess()
    const late = isSame ? db : openProcess()
    await takeTurn({ db, ...operation('a') })
    const refused = refusalOf(takeTurn({ db: late, ...operation('b') }))
    await jest.advanceTimersByTimeAsync(10_000)
    expect(await refused).toBe('save_waits')
    await endTurns({ db, operation: 'a' })
    expect(await takeTurn({ db: late, ...operation('c') })).toMatchObject({ document: 'articles:1' })
  })

  it('of a process that is gone ends with its lease, and what it writes after that is refused', async () => {
    const { openProcess, rows } = oneDatabase()
    const gone = openProcess()
    const db = openProcess()
    const lost = await takeTurn({ db: gone, ...operation('a') })
    await jest.advanceTimersByTimeAsync(LEASE_MS)
    const turn = await takeTurn({ db, ...operation('b') })
    if (!lost || !turn) throw new Error('There was no turn.')
    const write = jest.fn(async () => 'written')
    expect(await refusalOf(writeInTurn({ db: gone, turn: lost, at: 1, write }))).toBe('save_waits')
    expect(write).not.toHaveBeenCalled()
    expect(await writeInTurn({ db, turn, at: 2, write })).toBe('written')
    await writeInTurn({ db, turn, at: 3, write })
    await endTurns({ db, operation: 'b' })
    expect(rows.get('articles:1')).toMatchObject({ holder: null, lastSave: { from: 2, to: 3, by: null } })
  })
})
