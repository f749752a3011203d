import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { MongoClient, MongoError } from 'mongodb'
import { mongoStore } from '../../src/adapters/store/mongo/index.ts'
import type { TestDatabase } from '../support/databases.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import { drainFlow, newsroom, recipientsOf } from '../support/flow/newsroom.ts'
import { readerEmail, type StoreRig } from '../support/flow/storeRig.ts'
import { isMongoProper, describeOnMongo, sayUnproven, urlOf } from '../support/mongoDatabase.ts'

const READERS = 100
const STEP_DOWN = { replSetStepDown: 1, force: true }

describeOnMongo('on $name, a primary that steps down (needs a replica set)', (kind) => {
  let database: TestDatabase
  let rig: StoreRig
  let client: MongoClient
  beforeAll(async () => {
    rig = await databaseRigKind({ ...kind, open: async () => (database = await kind.open()) }).open()
    client = new MongoClient(urlOf(database), { serverSelectionTimeoutMS: 5_000 })
  })
  afterAll(async () => {
    await client.close()
    await rig.close()
  })

  if (isMongoProper())
    it.each(['send', 'settle'] as const)(
      'at a %s leaves nobody out and mails nobody twice',
      async (when) => {
        await rig.clear()
        await rig.addSubscribers(READERS)
        const room = newsroom({ batchSize: 20 })
        const articleId = await rig.addArticle()
        room.rig.rows.articles.push({
          id: articleId,
          isPublished: true,
          wantsNewsletter: true,
          savedAt: new Date(),
        })
        const campaign = await rig.addCampaign({ articleId })
        const stepDown = async () => {
          if (room.mailer.calls.length !== 2) return
          await client
            .db('admin')
            .command(STEP_DOWN)
            .catch(() => undefined)
        }
        const send: typeof room.mailer.send = async (call) => {
          if (when === 'send') await stepDown()
          const outcome = await room.mailer.send(call)
          if (when === 'settle') await stepDown()
          return outcome
        }
        const flow = { ...room.flow(), store: mongoStore(client.db()), mailer: { ...room.mailer, send } }
        for (let tries = 0; tries < 20; tries++) {
          try {
            await drainFlow(flow)
            break
          } catch (error) {
            if (!(error instanceof MongoError)) throw error
            room.clock.pass(61)
          }
        }
        expect({
          status: (await rig.campaign(campaign)).status,
          mailed: recipientsOf(room.mailer.mails).sort(),
        }).toEqual({
          status: 'submitted',
          mailed: Array.from({ length: READERS }, (_, number) => readerEmail(number)),
        })
      },
      120_000,
    )
  else
    it('which this server does not have', async () => {
      sayUnproven('that a mailing goes on when the primary steps down')
      await expect(client.db('admin').command(STEP_DOWN)).rejects.toThrow(MongoError)
    })
})
