import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Store } from '../../src/newsletter/ports.ts'
import type { TestDatabase } from '../support/databases.ts'
import { driverOf, describeOnMongo, urlOf } from '../support/mongoDatabase.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { openCutDatabase, type CutDatabase } from '../support/proxy/cutDatabase.ts'
import { everyCut } from '../support/proxy/everyCut.ts'
import type { Cut } from '../support/proxy/mongoProxy.ts'
import { numberIds, readDocuments } from '../support/proxy/readDocuments.ts'
import { STORE_ACTS, type Act } from '../support/proxy/storeActs.ts'

describeOnMongo('a connection to $name that is cut', (kind) => {
  let database: TestDatabase
  let rig: StoreRig
  let cut: CutDatabase
  beforeAll(async () => {
    rig = await databaseRigKind({ ...kind, open: async () => (database = await kind.open()) }).open()
    cut = await openCutDatabase(urlOf(database))
  })
  afterAll(async () => {
    await cut.close()
    await rig.close()
  })
  beforeEach(() => rig.clear())

  const documents = ({ traces }: Act) => readDocuments(driverOf(database), traces)

  /** Does it without a cut: to what end, with which answer, and how many calls it takes. */
  const doWhole = async (name: keyof Store) => {
    await rig.clear()
    const act = await STORE_ACTS[name](rig)
    cut.proxy.count(null)
    await act.run(cut.store)
    const calls = cut.proxy.calls.length
    await rig.clear()
    const anew = await STORE_ACTS[name](rig)
    const answer = await (anew.again ?? anew.run)(rig.store)
    return { calls, answer: comparable(answer), documents: await documents(anew) }
  }

  /** Does it with a cut, and again when that was felt. */
  const doCut = async (name: keyof Store, at: Cut) => {
    await rig.clear()
    const act = await STORE_ACTS[name](rig)
    cut.proxy.count(at)
    const first = await act.run(cut.store).then(comparable, () => FAILED)
    cut.proxy.count(null)
    const answer = first === FAILED ? comparable(await (act.again ?? act.run)(cut.store)) : first
    return { isFelt: first === FAILED, answer, documents: await documents(act) }
  }

  it.each(Object.keys(STORE_ACTS) as (keyof Store)[])(
    'in %s, before any of its calls or after it, is made good by doing it again',
    async (name) => {
      const { calls, ...whole } = await doWhole(name)
      expect(calls).toBeGreaterThan(0)
      for (const at of everyCut(calls)) {
        const { isFelt, ...end } = await doCut(name, at)
        // Only the first try can say whether it was the one that did it.
        const isToldAgain = typeof whole.answer !== 'boolean' && !CLAIMS.includes(name)
        const answer = isToldAgain ? end.answer : whole.answer
        expect({ at, isFelt, ...end, answer }).toEqual({ at, isFelt: true, ...whole })
      }
    },
  )
})

const FAILED = Symbol('failed')
const CLAIMS: (keyof Store)[] = ['claimBatch', 'claimTransactionalMail', 'finishCampaign', 'reserveCall']

const comparable = (answer: unknown): unknown => numberIds(JSON.stringify(answer ?? null))
