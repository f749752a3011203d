import type { Endpoint } from 'payload'
import { requireEditor } from '../../access/requireEditor.ts'
import { depsOf, importRunsOf } from '../../deps.ts'
import { refusal } from '../../refusals/refusal.ts'
import { UNDO_MS } from '../../subscribers/importRuns.ts'
import { undoImport } from '../../subscribers/undoImport.ts'
import { readRouteDocument } from '../readRouteDocument.ts'

/** So long somebody waits for an answer; a worker goes on with the rest. */
const MAX_MS = 8_000

/**
 * `POST /api/imports/:id/undo` by an editor -> 200 {doc}: those whom the import added are removed, but for who was mailed or is
 * not as they were added. `doc.undoneAt` is null as long as there is more to do; asking again goes on. 409 for one that
 * began more than 24 hours ago; 401, 403, 404.
 */
export const undoEndpoint: Endpoint = {
  path: '/:id/undo',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { payload, user } = req
    const { clock, log } = depsOf(payload)
    const runs = importRunsOf(payload)
    const { id, undoAskedAt } = await readRouteDocument(req, { collection: 'imports' })
    const now = clock.now()
    const asked = {
      ...{ id: String(id), by: user && { name: user.name || user.email } },
      ...{ since: new Date(now.getTime() - UNDO_MS), now },
    }
    if (!undoAskedAt && !(await runs.askUndo(asked)) && !(await runs.read(String(id)))?.undoAskedAt)
      throw refusal({ req, code: 'undo_too_late', status: 409, text: TOO_LATE })
    log('import.undo', { import: String(id), by: String(user?.id) })
    const until = performance.now() + MAX_MS
    await undoImport({ runs, clock }, { id: String(id), mayGoOn: () => performance.now() < until })
    return Response.json({ doc: await readRouteDocument(req, { collection: 'imports' }) })
  },
}

const TOO_LATE = {
  en: 'This import began more than 24 hours ago, so that it cannot be taken back as a whole. Erase people one by one.',
  sv: 'Importen gjordes för mer än 24 timmar sedan, så den går inte längre att ångra. Radera personerna en och en.',
}
