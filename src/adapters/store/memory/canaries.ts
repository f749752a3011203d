import type { Store } from '../../../newsletter/ports.ts'
import { isOf, isOpenFor, moved, write, type CampaignRow, type Rows } from './rows.ts'

export const canaryOperations = (
  rows: Rows,
): Pick<Store, 'findDueCanaries' | 'awaitCanary' | 'endCanary'> => {
  const find = (id: string) =>
    rows.campaigns.find((row) => row.id === id && row.status === 'canary' && row.canary !== null)
  return {
    async findDueCanaries({ now }) {
      return rows.campaigns.flatMap((row) => {
        const { id, status, canary } = row
        if (status !== 'canary' || !canary) return []
        const { minutes, waitsUntil } = canary
        const isDue = waitsUntil ? waitsUntil <= now : !hasUnsettledCanary(rows, row)
        return isDue ? { id, minutes, waitsUntil } : []
      })
    },

    async awaitCanary({ id, until, now }) {
      const row = find(id)
      if (row?.canary && row.canary.waitsUntil === null)
        write(row, { canary: { ...row.canary, waitsUntil: until }, updatedAt: now })
    },

    async endCanary({ id, problem, now }) {
      const row = find(id)
      if (!row?.canary?.waitsUntil || row.canary.waitsUntil > now) return false
      return write(row, {
        ...moved(row, { to: problem ? 'paused' : 'submitting', problem, now }),
        canary: { ...row.canary, endedAt: now },
        ...(problem && { problem: { ...problem, at: now } }),
      })
    },
  }
}

export const hasUnsettledCanary = ({ batches }: Pick<Rows, 'batches'>, campaign: CampaignRow): boolean =>
  batches.some((row) => isOf(campaign)(row) && isOpenFor(campaign, row) && row.status !== 'settled')
