import type { CampaignStatus } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { isMailing, moved, NO_LEASE, write, type CampaignRow, type Rows } from './rows.ts'

type CampaignOperations = Pick<
  Store,
  | 'endHolds'
  | 'undoCampaign'
  | 'findUndone'
  | 'moveCampaign'
  | 'stopCampaign'
  | 'readMailing'
  | 'holdCampaign'
  | 'clearProblem'
>

/** What a campaign that has not opened had fixed. */
export const NOTHING_FIXED = { subject: null, mailing: null, topicIds: null } as const

export const campaignOperations = ({ campaigns }: Rows): CampaignOperations => ({
  async endHolds({ now }) {
    const due = campaigns.filter((row) => row.status === 'holding' && row.dueAt <= now)
    for (const row of due) write(row, moved(row, { to: 'scheduled', now }))
    return due.length
  },

  async undoCampaign({ id, by, byName = null, now }) {
    const row = campaigns.find((it) => it.id === id && it.status === 'holding')
    // A later edition has published nothing that could be taken back.
    const returnedAt = row && row.edition > 1 ? now : null
    const move = { to: 'cancelled', control: 'undo', by, byName, now } as const
    return write(row, { ...moved(row, move), finishedAt: now, undoneAt: now, undoneBy: by, returnedAt })
  },

  async findUndone() {
    return campaigns.flatMap(({ id, articleId, status, undoneAt, undoneBy, returnedAt, formerVersion }) =>
      status === 'cancelled' && undoneAt && !returnedAt
        ? { id, articleId, undoneAt, by: undoneBy, formerVersion }
        : [],
    )
  },

  async moveCampaign({ id, from, to, now, ...mover }) {
    const row = campaigns.find((it) => it.id === id && from.includes(it.status))
    const move = { to: to === 'onward' ? onwardFrom(row) : to, now, ...mover } as const
    const isCutShort = to === 'onward' && row?.status === 'canary' && row.canary
    const canary = isCutShort && { canary: { ...isCutShort, endedAt: now } }
    const isLetGo = to === 'paused' && row?.snapshot === null
    return write(row, {
      ...moved(row, move),
      dueAt: now,
      problem: null,
      ...NO_LEASE,
      ...(isLetGo && NOTHING_FIXED),
      ...canary,
    })
  },

  async stopCampaign({ id, problem, now }) {
    const row = campaigns.find((it) => it.id === id && isMailing(it))
    const at = row?.problem?.at ?? now
    write(row, { ...moved(row, { to: 'paused', problem, now }), problem: { ...problem, at } })
  },

  async readMailing(campaignId) {
    const mailing = campaigns.find(({ id }) => id === campaignId)?.mailing
    if (!mailing) throw new Error(`Campaign ${campaignId} has no mailing.`)
    return structuredClone(mailing)
  },

  async holdCampaign({ id, until, problem, now }) {
    const row = campaigns.find((it) => it.id === id && isMailing(it))
    if (!row) return
    const at = row.problem?.at ?? now
    const dueAt = row.dueAt < until ? until : row.dueAt
    write(row, { dueAt, updatedAt: now, problem: { ...problem, at } })
  },

  async clearProblem({ id, now }) {
    write(
      campaigns.find((row) => row.id === id && isMailing(row) && row.problem !== null && row.dueAt <= now),
      { problem: null, updatedAt: now },
    )
  },
})

/** Where one goes on that has stopped. */
function onwardFrom(row: CampaignRow | undefined): CampaignStatus {
  if (row?.status === 'canary') return 'submitting'
  if (row?.snapshot === null) return 'scheduled'
  return row?.canary && row.canary.endedAt === null ? 'canary' : 'submitting'
}
