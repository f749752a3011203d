import type { Payload, PayloadRequest, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { CampaignStart, Id } from '../../newsletter/model.ts'
import type { ArticleCampaigns } from '../../newsletter/ports.ts'
import { ARTICLE_UNPUBLISHED } from '../../newsletter/rules/problems.ts'
import { DEFAULT_HOLD_SECONDS } from '../../newsletter/scheduleCampaign.ts'
import { hasTransaction } from '../../saving/hasTransaction.ts'

/** @param options.req the save of the article: what is written belongs to its transaction, where there is one. */
export const payloadCampaigns = ({
  payload,
  req,
}: {
  payload: Payload
  req?: PayloadRequest
}): ArticleCampaigns => {
  const idOf = (text: Id) => toDocumentId({ payload, text }) ?? text
  const find = async (articleId: Id) => {
    const { docs } = await payload.find({
      collection: 'campaigns',
      where: { article: { equals: idOf(articleId) } },
      select: { status: true, problem: true, undoneAt: true, snapshot: true },
      depth: 0,
      limit: 1,
      pagination: false,
      overrideAccess: true,
      req,
    })
    return docs[0]
  }
  return {
    async holdMs() {
      const { holdSeconds } = await payload.findGlobal({
        slug: 'site',
        select: { holdSeconds: true },
        depth: 0,
        overrideAccess: true,
        req,
      })
      return (holdSeconds ?? DEFAULT_HOLD_SECONDS) * 1000
    },

    async find(articleId) {
      const found = await find(articleId)
      if (!found) return null
      const { id, status, problem, undoneAt, snapshot } = found
      return {
        id: String(id),
        status,
        problemCode: problem?.code ?? null,
        isUndone: Boolean(undoneAt),
        isOpen: Boolean(snapshot),
      }
    },

    async create({ articleId, start, now }) {
      const isInTransaction = await hasTransaction({ db: payload.db, req })
      try {
        await payload.create({
          collection: 'campaigns',
          data: { article: idOf(articleId) as number, ...asRow(start), movedAt: now.toISOString() },
          depth: 0,
          overrideAccess: true,
          req,
        })
      } catch (error) {
        // Two publishes at once: the unique index let the other one in, which is as good. A transaction has ended with the
        // error, and the article's own write with it: that must not pass for saved.
        if (isInTransaction || !(await find(articleId))) throw error
      }
    },

    async reopen({ id, from, start, now }) {
      const at = now.toISOString()
      await payload.db.updateOne({
        collection: 'campaigns',
        where: { and: [{ id: { equals: idOf(id) } }, { status: { equals: from } }, REOPENED_ONLY[from]] },
        data: { ...asRow(start), ...NEVER_UNDONE, movedAt: at, updatedAt: at, finishedAt: null },
        returning: false,
        req,
      })
    },

    async withdraw({ id, by, now }) {
      const at = now.toISOString()
      const undone = { undoneAt: at, undoneBy: by === null ? null : idOf(by), returnedAt: at }
      await payload.db.updateOne({
        collection: 'campaigns',
        where: { and: [{ id: { equals: idOf(id) } }, { status: { equals: 'holding' } }] },
        data: { status: 'cancelled', ...undone, finishedAt: at, movedAt: at, updatedAt: at },
        returning: false,
        req,
      })
    },
  }
}

const REOPENED_ONLY: Record<'paused' | 'cancelled' | 'holding', Where> = {
  paused: { 'problem.code': { equals: ARTICLE_UNPUBLISHED } },
  cancelled: { undoneAt: { exists: true } },
  holding: {},
}

const NEVER_UNDONE = {
  undoneAt: null,
  undoneBy: null,
  returnedAt: null,
  keptVersion: null,
  problem: { code: null, message: null, at: null },
}

const asRow = ({ status, dueAt, heldAt, formerVersion }: CampaignStart) => ({
  status,
  dueAt: dueAt.toISOString(),
  heldAt: heldAt.toISOString(),
  formerVersion,
})
