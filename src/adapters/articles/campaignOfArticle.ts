import type { Payload, PayloadRequest, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { CampaignStart, Id, Override } from '../../newsletter/model.ts'
import type { ArticleCampaigns } from '../../newsletter/ports.ts'
import { DEFAULT_HOLD_SECONDS, UNOPENED } from '../../newsletter/scheduleCampaign.ts'
import { DEFAULT_RETENTION_DAYS } from '../../retention/rules/limitsOfAge.ts'
import { moveTo, type CampaignMove } from '../../newsletter/rules/campaignMoves.ts'
import { hasTransaction } from '../../saving/hasTransaction.ts'
import { overrideMove, readName, writeMoved } from './campaignMoves.ts'

/** @param options.req the save of the article: what is written belongs to its transaction, where there is one. */
export const payloadCampaigns = ({
  payload,
  req,
}: {
  payload: Payload
  req?: PayloadRequest
}): ArticleCampaigns => {
  const idOf = (text: Id) => toDocumentId({ payload, text }) ?? text
  const asRow = ({ status, dueAt, heldAt, formerVersion, override }: CampaignStart) => ({
    status,
    dueAt: dueAt.toISOString(),
    heldAt: heldAt.toISOString(),
    formerVersion,
    override: override ? overrideRow(payload, override) : NOTHING_PASSED,
  })
  /** A later edition has published nothing, and keeps what an admin passed when it began. */
  const reopenedRow = ({ edition, start }: { edition: number; start: CampaignStart }) => {
    const { override, formerVersion, ...row } = asRow(start)
    return edition === 1
      ? { ...row, override, formerVersion }
      : { ...row, ...(start.override && { override }) }
  }
  const userId = req?.user?.collection === 'users' ? String(req.user.id) : null
  /** How a campaign begins, or begins anew: by whom, and what an admin passed with it. */
  const beginning = async ({ start, by, ...move }: Beginning): Promise<CampaignMove[]> => {
    const { status: to, override } = start
    const byName = await readName({ payload, req }, by)
    const passedBy = override && (await readName({ payload, req }, override.by))
    return [
      moveTo({ ...move, to, by, byName }),
      ...(override ? [overrideMove({ to, override, byName: passedBy })] : []),
    ]
  }
  const find = async (articleId: Id) => {
    const { docs } = await payload.find({
      collection: 'campaigns',
      where: { article: { equals: idOf(articleId) } },
      sort: '-edition',
      select: { edition: true, status: true, problem: true, undoneAt: true, snapshot: true },
      depth: 0,
      limit: 1,
      pagination: false,
      overrideAccess: true,
      req,
    })
    return docs[0]
  }
  const editions = async (articleId: Id) => {
    const { docs } = await payload.find({
      collection: 'campaigns',
      where: { article: { equals: idOf(articleId) } },
      sort: 'edition',
      select: {
        ...{ edition: true, audience: true, status: true, snapshot: true, topicIds: true },
        ...{ startedAt: true, finishedAt: true },
      },
      depth: 0,
      pagination: false,
      overrideAccess: true,
      req,
    })
    return docs.map(({ id, edition, audience, status, snapshot, topicIds, startedAt, finishedAt }) => ({
      id: String(id),
      number: edition,
      ...{ audience, status },
      isOpen: Boolean(snapshot),
      isFinished: status === 'submitted' || (status === 'cancelled' && Boolean(finishedAt)),
      startedAt: startedAt ? new Date(startedAt) : null,
      topicIds: (topicIds ?? []) as Id[],
    }))
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

    async memoryMs() {
      const { deliveryDays } = await payload.findGlobal({
        slug: 'site',
        select: { deliveryDays: true },
        depth: 0,
        overrideAccess: true,
        req,
      })
      return ((deliveryDays ?? DEFAULT_RETENTION_DAYS) - MARGIN_DAYS) * DAY_MS
    },

    async find(articleId) {
      const found = await find(articleId)
      if (!found) return null
      const { id, edition, status, problem, undoneAt, snapshot } = found
      return {
        id: String(id),
        edition,
        status,
        problemCode: problem?.code ?? null,
        isUndone: Boolean(undoneAt),
        isOpen: Boolean(snapshot),
      }
    },

    editions,

    async createEdition({ edition: { articleId, number, ...edition }, topicIds, start, by, now }) {
      try {
        const { id } = await payload.create({
          collection: 'campaigns',
          data: {
            ...{ article: idOf(articleId) as number, edition: number, ...edition, editionTopicIds: topicIds },
            ...{ ...asRow(start), movedAt: now.toISOString(), askedBy: idOf(by) as number },
            moves: await beginning({ start, control: 'follow-up', by, now }),
          },
          depth: 0,
          overrideAccess: true,
        })
        return String(id)
      } catch (error) {
        if ((await editions(articleId)).some((known) => known.number === number)) return null
        throw error
      }
    },

    async create({ articleId, start, now }) {
      const isInTransaction = await hasTransaction({ db: payload.db, req })
      try {
        await payload.create({
          collection: 'campaigns',
          data: {
            ...{ article: idOf(articleId) as number, edition: 1, audience: 'everybody' },
            ...{ ...asRow(start), movedAt: now.toISOString() },
            moves: await beginning({ start, control: 'publish', by: userId, now }),
          },
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

    async reopen({ id, edition, from, problemCode, start, now }) {
      const at = now.toISOString()
      const reopenedOnly: Record<typeof from, Where> = {
        paused: { 'problem.code': { equals: problemCode } },
        cancelled: { undoneAt: { exists: true } },
        holding: {},
      }
      const moves = await beginning({ start, control: 'publish', by: userId, now })
      await writeMoved(
        { payload, req },
        {
          where: { and: [{ id: { equals: idOf(id) } }, { status: { equals: from } }, reopenedOnly[from]] },
          change: () => ({
            ...reopenedRow({ edition, start }),
            ...NEVER_UNDONE,
            ...{ movedAt: at, updatedAt: at, finishedAt: null },
          }),
          moves,
        },
      )
    },

    async withdraw({ id, from, by, now }) {
      const at = now.toISOString()
      const undone = { undoneAt: at, undoneBy: by === null ? null : idOf(by), returnedAt: at }
      const byName = await readName({ payload, req }, by)
      await writeMoved(
        { payload, req },
        {
          where: {
            and: [
              { id: { equals: idOf(id) } },
              { status: { equals: from } },
              { snapshot: { exists: false } },
            ],
          },
          change: () => ({
            ...{ status: 'cancelled', ...undone, problem: NO_PROBLEM },
            ...{ finishedAt: at, movedAt: at, updatedAt: at },
          }),
          moves: [moveTo({ to: 'cancelled', control: 'withdraw', by, byName, now })],
        },
      )
    },

    noteOverride: (note) => noteOverride({ payload, req }, note),
  }
}

interface Beginning {
  start: CampaignStart
  control: 'publish' | 'follow-up'
  by: Id | null
  now: Date
}

/** The sweep goes by days, and a mailing takes a while. */
const MARGIN_DAYS = 2
const DAY_MS = 86_400_000

/** See ArticleCampaigns.noteOverride. The last who passed something is named; each reason stays. */
export async function noteOverride(
  { payload, req }: { payload: Payload; req?: PayloadRequest },
  { id, override }: { id: Id; override: Override },
): Promise<void> {
  const where: Where = {
    and: [{ id: { equals: toDocumentId({ payload, text: id }) } }, { status: { in: [...UNOPENED] } }],
  }
  const byName = await readName({ payload, req }, override.by)
  await writeMoved(
    { payload, req },
    {
      where,
      change: ({ override: passedBefore }) => {
        const { checks, reason = null } = passedBefore ?? {}
        const passed = [...new Set([...(checks ?? []), ...override.checks])]
        const isNew = passed.length > (checks ?? []).length
        return {
          override: overrideRow(payload, {
            ...override,
            checks: passed,
            reason: isNew && reason ? `${reason} · ${override.reason}` : override.reason,
          }),
        }
      },
      // A plan that is tried again passes the same once more.
      moves: ({ status, moves }) => {
        const move = overrideMove({ to: status, override, byName })
        const isKept = ((moves ?? []) as CampaignMove[]).some(
          ({ control, at, by }) => control === move.control && at === move.at && by === move.by,
        )
        return isKept ? [] : [move]
      },
    },
  )
}

/** What an admin passed, as a campaign and a plan keep it. */
export const overrideRow = (payload: Payload, { checks, reason, by, at }: Override) => ({
  checks: [...checks],
  reason,
  by: (toDocumentId({ payload, text: by }) ?? by) as number,
  at: at.toISOString(),
})

const NO_PROBLEM = { code: null, message: null, at: null }

const NEVER_UNDONE = {
  undoneAt: null,
  undoneBy: null,
  returnedAt: null,
  keptVersion: null,
  problem: NO_PROBLEM,
}

export const NOTHING_PASSED = { checks: null, reason: null, by: null, at: null }
