import type { CampaignStatus, Id } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { countsOfAudience } from '../../../newsletter/rules/campaignMoves.ts'
import { ARTICLE_UNPUBLISHED } from '../../../newsletter/rules/problems.ts'
import { NOTHING_FIXED } from './campaigns.ts'
import {
  firstDue,
  isFreeAt,
  leaseFrom,
  moved,
  NO_LEASE,
  write,
  type ArticleRow,
  type CampaignRow,
  type Rows,
} from './rows.ts'

type PreparingOperations = Pick<
  Store,
  | 'claimCampaign'
  | 'startCampaign'
  | 'fixMailing'
  | 'openCampaign'
  | 'stopPreparing'
  | 'findForgottenArticles'
>

export const preparingOperations = ({ campaigns, articles }: Rows): PreparingOperations => {
  const held = ({ id, token }: { id: Id; token: string }, ...statuses: CampaignStatus[]) =>
    campaigns.find((row) => row.id === id && row.leaseToken === token && statuses.includes(row.status))
  return {
    async claimCampaign({ now, lease }) {
      const row = firstDue(
        campaigns.filter(
          (it) => isToPrepare(it) && it.dueAt <= now && isFreeAt(it, now) && !waitsForEdition(campaigns, it),
        ),
      )
      if (!row || !isToPrepare(row)) return null
      Object.assign(row, leaseFrom({ now, lease }))
      const { id, status, mailing, topicIds, editionTopicIds } = row
      const { articleId, edition: number, audience, corrects } = row
      const edition = { articleId, number, audience, corrects }
      return structuredClone({ id, edition, editionTopicIds, status, mailing, topicIds: topicIds ?? [] })
    },

    async startCampaign({ topicIds, now, ...holder }) {
      const row = held(holder, 'scheduled', 'preparing')
      const isMoved = row?.status === 'scheduled'
      const startedAt = row?.startedAt ?? now
      return write(row, {
        ...(isMoved && moved(row, { to: 'preparing', now })),
        ...{ topicIds, startedAt, updatedAt: now },
      })
    },

    async fixMailing({ mailing, ...holder }) {
      const row = held(holder, 'preparing')
      if (!row) return null
      if (!row.mailing) write(row, { mailing: structuredClone(mailing), subject: mailing.mails.sv.subject })
      return structuredClone(row.mailing)
    },

    async openCampaign({ canary, now, recipients, ...holder }) {
      const row = held(holder, 'preparing')
      const counts = recipients === undefined ? null : countsOfAudience(recipients)
      const fixed = canary && { ...canary, waitsUntil: null, endedAt: null }
      const opened = { snapshot: holder.token, canary: fixed, dueAt: now, problem: null, ...NO_LEASE }
      return write(row, { ...moved(row, { to: canary ? 'canary' : 'submitting', counts, now }), ...opened })
    },

    async stopPreparing({ to, problem, now, ...holder }) {
      const row = held(holder, 'scheduled', 'preparing')
      const stopped = { ...moved(row, { to, problem, now }), problem: { ...problem, at: now } }
      return write(row, { ...stopped, ...NOTHING_FIXED, ...NO_LEASE })
    },

    async findForgottenArticles({ limit }) {
      const waits = ({ id }: ArticleRow) =>
        campaigns.some((row) => row.articleId === id && row.edition > 1 && waitsForArticle(row))
      const isCared = ({ id, savedAt }: ArticleRow) =>
        campaigns.some((row) => row.articleId === id && row.edition === 1 && !awaitsPublication(row, savedAt))
      return articles
        .filter(
          (article) =>
            article.isPublished && article.wantsNewsletter && (!isCared(article) || waits(article)),
        )
        .map(({ id }) => id)
        .slice(0, limit)
    },
  }
}

/** An earlier edition of its article is not over. */
const waitsForEdition = (campaigns: readonly CampaignRow[], { articleId, edition }: CampaignRow): boolean =>
  campaigns.some(
    (row) =>
      row.articleId === articleId &&
      row.edition < edition &&
      ((row.status !== 'submitted' && !(row.status === 'cancelled' && row.finishedAt !== null)) ||
        row.remailing !== null),
  )

const isToPrepare = (row: CampaignRow): row is CampaignRow & { status: 'scheduled' | 'preparing' } =>
  row.status === 'scheduled' || row.status === 'preparing'

const waitsForArticle = ({ status, problem }: Pick<CampaignRow, 'status' | 'problem'>): boolean =>
  status === 'paused' && problem?.code === ARTICLE_UNPUBLISHED

const awaitsPublication = (
  { status, problem, undoneAt, returnedAt }: CampaignRow,
  articleSavedAt: Date,
): boolean =>
  waitsForArticle({ status, problem }) ||
  (status === 'cancelled' && undoneAt !== null && returnedAt !== null && returnedAt < articleSavedAt)
