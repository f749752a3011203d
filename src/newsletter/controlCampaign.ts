import type { Id } from './model.ts'
import type { Flow } from './ports.ts'
import { CONTROL_MOVES, type Control } from './rules/controls.ts'
import { undoCampaign } from './undoCampaign.ts'

/**
 * What staff ask of a campaign. Takes effect on the next batch: a call that is in flight is finished and recorded.
 * @param by who asks: the id of a user; `byName`: what the campaign's moves call them for good.
 * @returns whether the campaign was in a state that allows it, with somebody whom it concerns.
 */
export async function controlCampaign(
  flow: Pick<Flow, 'store' | 'articles' | 'clock' | 'log'>,
  { id, control, by, byName = null }: { id: Id; control: Control; by: Id; byName?: string | null },
): Promise<boolean> {
  const { store, clock } = flow
  const now = clock.now()
  switch (control) {
    case 'undo':
      return undoCampaign(flow, { id, by, byName })
    case 'send-now':
    case 'pause':
    case 'resume':
    case 'cancel':
      return store.moveCampaign({ id, ...CONTROL_MOVES[control], control, by, byName, now })
    case 'retry':
      if (await store.moveCampaign({ id, ...CONTROL_MOVES.retry, control, by, byName, now })) return true
      return remail({ store }, { id, of: 'rejected', by, byName, now })
    case 'mail-again':
      return remail({ store }, { id, of: 'uncertain', by, byName, now })
    case 'leave':
      return store.leaveUncertain({ id, by, byName, now })
  }
}

async function remail(
  { store }: Pick<Flow, 'store'>,
  request: { id: Id; of: 'rejected' | 'uncertain'; by: Id; byName: string | null; now: Date },
): Promise<boolean> {
  const counts = await store.countDeliveries(request.id)
  return counts[request.of] > 0 && store.requestRemailing(request)
}
