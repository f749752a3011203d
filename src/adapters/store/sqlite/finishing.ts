import type { Client } from '@libsql/client'
import type { DeliveryCounts } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { iso, NO_PROBLEM, text } from './values.ts'

type FinishingOperations = Pick<Store, 'findDrainedCampaigns' | 'finishCampaign' | 'countDeliveries'>

export const finishingOperations = (client: Client): FinishingOperations => ({
  async findDrainedCampaigns() {
    const { rows } = await client.execute(`SELECT id FROM campaigns WHERE ${IS_DRAINED}`)
    return rows.map((row) => text(row.id))
  },

  async finishCampaign({ id, now }) {
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = iif(status = 'cancelled', status, 'submitted'), finished_at = ?, updated_at = ?, ${NO_PROBLEM},
              counts_recipients = (${COUNT}),
              counts_submitted = (${COUNT} AND d.status = 'submitted'),
              counts_rejected = (${COUNT} AND d.status = 'rejected'),
              counts_excluded = (${COUNT} AND d.status = 'excluded'),
              counts_uncertain = (${COUNT} AND d.status = 'uncertain')
            WHERE id = ? AND ${IS_DRAINED}`,
      args: [iso(now), iso(now), Number(id)],
    })
    return rowsAffected === 1
  },

  async countDeliveries(campaignId) {
    const { rows } = await client.execute({
      sql: `SELECT d.status, count(*) AS n FROM campaigns c
            JOIN deliveries d ON d.campaign_id = c.id AND d.snapshot = c.snapshot
            WHERE c.id = ? GROUP BY d.status`,
      args: [Number(campaignId)],
    })
    const byStatus = new Map(rows.map((row) => [text(row.status), Number(row.n)]))
    return toCounts(byStatus)
  },
})

const IS_DRAINED = `(campaigns.status = 'submitting' OR (campaigns.status = 'cancelled' AND campaigns.finished_at IS NULL))
  AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.campaign_id = campaigns.id AND b.snapshot = campaigns.snapshot
                  AND b.status <> 'settled')
  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.campaign_id = campaigns.id AND d.snapshot = campaigns.snapshot
                  AND d.status = 'pending')`

const COUNT = `SELECT count(*) FROM deliveries d
  WHERE d.campaign_id = campaigns.id AND d.snapshot = campaigns.snapshot`

const toCounts = (byStatus: Map<string, number>): DeliveryCounts => ({
  recipients: [...byStatus.values()].reduce((sum, n) => sum + n, 0),
  submitted: byStatus.get('submitted') ?? 0,
  rejected: byStatus.get('rejected') ?? 0,
  excluded: byStatus.get('excluded') ?? 0,
  uncertain: byStatus.get('uncertain') ?? 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
})
