import type { Client } from '@libsql/client'
import type { CampaignToPrepare, EditionAudience, Mailing } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { countsOfAudience } from '../../../newsletter/rules/campaignMoves.ts'
import { ARTICLE_UNPUBLISHED } from '../../../newsletter/rules/problems.ts'
import {
  iso,
  json,
  later,
  moveJson,
  movesWith,
  NO_LEASE,
  NO_PROBLEM,
  NOTHING_FIXED,
  text,
  WAITS_FOR_EDITION,
} from './values.ts'

type PreparingOperations = Pick<
  Store,
  | 'claimCampaign'
  | 'startCampaign'
  | 'fixMailing'
  | 'openCampaign'
  | 'stopPreparing'
  | 'findForgottenArticles'
>

export const preparingOperations = (client: Client): PreparingOperations => ({
  async claimCampaign({ now, lease }) {
    const { rows } = await client.execute({
      sql: `UPDATE campaigns SET lease_token = ?, lease_until = ?
            WHERE id = (SELECT id FROM campaigns
                        WHERE status IN ('scheduled', 'preparing') AND due_at <= ?
                          AND (lease_until IS NULL OR lease_until <= ?) AND NOT ${WAITS_FOR_EDITION}
                        ORDER BY due_at, id LIMIT 1)
            RETURNING id, article_id, edition, audience, corrects, edition_topic_ids, status, mailing, topic_ids`,
      args: [lease.token, later(now, lease.ms), iso(now), iso(now)],
    })
    const row = rows[0]
    if (!row) return null
    return {
      id: text(row.id),
      edition: {
        articleId: text(row.article_id),
        number: Number(row.edition),
        audience: row.audience as EditionAudience,
        corrects: row.corrects === null ? null : Number(row.corrects),
      },
      editionTopicIds: json<string[]>(row.edition_topic_ids),
      status: row.status as CampaignToPrepare['status'],
      mailing: json<Mailing>(row.mailing),
      topicIds: json<string[]>(row.topic_ids) ?? [],
    }
  },

  async startCampaign({ id, token, topicIds, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = 'preparing', topic_ids = ?1, started_at = coalesce(started_at, ?2), updated_at = ?2,
              moved_at = iif(status = 'preparing', moved_at, ?2),
              moves = iif(status = 'preparing', moves, ${movesWith('?5')})
            WHERE id = ?3 AND lease_token = ?4 AND status IN ('scheduled', 'preparing')`,
      args: [...[JSON.stringify(topicIds), iso(now), Number(id), token], moveJson({ to: 'preparing', now })],
    })
    return rowsAffected === 1
  },

  async fixMailing({ id, token, mailing }) {
    const { rows } = await client.execute({
      sql: `UPDATE campaigns SET subject = coalesce(subject, ?), mailing = coalesce(mailing, ?)
            WHERE id = ? AND lease_token = ? AND status = 'preparing' RETURNING mailing`,
      args: [mailing.mails.sv.subject, JSON.stringify(mailing), Number(id), token],
    })
    return json<Mailing>(rows[0]?.mailing)
  },

  async openCampaign({ id, token, canary, recipients, now }) {
    const status = canary ? 'canary' : 'submitting'
    const counts = recipients === undefined ? null : countsOfAudience(recipients)
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = ?5, canary_batches = ?6, canary_mails = ?7, canary_minutes = ?8,
              snapshot = ?1, due_at = ?2, moved_at = ?2, updated_at = ?2, moves = ${movesWith('?4')}, ${NO_LEASE}, ${NO_PROBLEM}
            WHERE id = ?3 AND lease_token = ?1 AND status = 'preparing'`,
      args: [
        ...[token, iso(now), Number(id), moveJson({ to: status, counts, now }), status],
        ...[canary?.batches ?? null, canary?.mails ?? null, canary?.minutes ?? null],
      ],
    })
    return rowsAffected === 1
  },

  async stopPreparing({ id, token, to, problem, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = ?, problem_code = ?, problem_message = ?, problem_at = ?, moved_at = ?,
              updated_at = ?, moves = ${movesWith('?')}, ${NOTHING_FIXED}, ${NO_LEASE}
            WHERE id = ? AND lease_token = ? AND status IN ('scheduled', 'preparing')`,
      args: [
        ...[to, problem.code, problem.message, iso(now), iso(now), iso(now)],
        ...[moveJson({ to, problem, now }), Number(id), token],
      ],
    })
    return rowsAffected === 1
  },

  async findForgottenArticles({ limit }) {
    const { rows } = await client.execute({
      sql: `SELECT a.id FROM articles a LEFT JOIN campaigns c ON c.article_id = a.id AND c.edition = 1
            WHERE a._status = 'published' AND a.newsletter_send = 1 AND a.deleted_at IS NULL
              AND (c.id IS NULL OR (c.status = 'paused' AND c.problem_code = ?)
                OR (c.status = 'cancelled' AND c.undone_at IS NOT NULL AND c.returned_at < a.updated_at)
                OR EXISTS (SELECT 1 FROM campaigns l WHERE l.article_id = a.id AND l.edition > 1
                  AND l.status = 'paused' AND l.problem_code = ?))
            LIMIT ?`,
      args: [ARTICLE_UNPUBLISHED, ARTICLE_UNPUBLISHED, limit],
    })
    return rows.map((row) => text(row.id))
  },
})
