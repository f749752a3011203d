import type { Endpoint } from 'payload'
import { requireEditor } from '../access/requireEditor.ts'
import { restoreOf } from '../deps.ts'
import { readNotice, removeNotice, type StaffNotice } from '../restore/staffNotice.ts'

export interface RestoredAnswer {
  /** Null: there is nothing to say. */
  notice: (StaffNotice & { plans: number }) | null
}

/**
 * `GET /api/restored` by an editor -> 200 RestoredAnswer: whether the database was restored and nobody has said that it is
 * seen. `POST /api/restored/seen` by an editor -> 200 {notice: null}: planned publications happen again. 401, 403.
 */
export const restoredEndpoints: Endpoint[] = [
  {
    path: '/restored',
    method: 'get',
    handler: async (req) => {
      requireEditor(req)
      const notice = await readNotice(req.payload)
      const answer: RestoredAnswer = {
        notice: notice && { ...notice, plans: await restoreOf(req.payload).unfinished.countPlans() },
      }
      return Response.json(answer)
    },
  },
  {
    path: '/restored/seen',
    method: 'post',
    handler: async (req) => {
      requireEditor(req)
      await removeNotice(req.payload)
      const answer: RestoredAnswer = { notice: null }
      return Response.json(answer)
    },
  },
]
