import type { Endpoint } from 'payload'
import { isEditor } from '../../../access/isEditor.ts'
import { requireStaff } from '../../../access/requireEditor.ts'
import { notThere, readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { evidenceOf, messageOf } from '../../../preflight/messages.ts'
import type { CheckCode, Level, Place } from '../../../preflight/model.ts'
import { preflightPortsOf } from '../../../preflight/preflightPorts.ts'
import { runPreflight } from '../../../preflight/runPreflight.ts'
import { languageOf } from '../../../refusals/refusal.ts'

export interface PreflightAnswer {
  /** ISO 8601 */
  ranAt: string
  /** Whether no check says `stop`. It is no promise: `not_run` says what nobody could look at. */
  canSend: boolean
  checks: {
    code: CheckCode
    level: Level
    /** In the language of the request. */
    message: string
    /** What it is about, as somebody wrote it or as it was counted. */
    evidence: string[]
    /** Where in the admin it is mended. */
    place: Place
  }[]
}

const OF_EDITORS: CheckCode[] = ['audience', 'language']

/**
 * `GET /api/articles/:id/preflight` by staff -> 200 PreflightAnswer: what speaks against mailing the newest draft of this
 * article now, from its text and its rendered mails, the settings and, for editors, the provider, DNS and the links, which are
 * waited for two and a half seconds. It writes nothing. 401, 404.
 */
export const preflightEndpoint: Endpoint = {
  path: '/:id/preflight',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const isOfEditor = isEditor({ req })
    const found = await runPreflight(preflightPortsOf(req.payload), {
      articleId: String(id),
      asksNeighbours: isOfEditor,
    })
    if (!found) throw notThere(req)
    const locale = languageOf(req)
    // Whether anybody subscribes to a topic, and in which language, is for editors to know.
    const shown = found.findings.filter(({ code }) => isOfEditor || !OF_EDITORS.includes(code))
    const canSend = shown.every(({ level }) => level !== 'stop')
    const checks = shown.map((finding) => ({
      ...finding,
      message: messageOf(finding, locale),
      evidence: evidenceOf(finding, locale),
    }))
    return Response.json({ ranAt: found.ranAt.toISOString(), canSend, checks } satisfies PreflightAnswer, {
      headers: { 'Cache-Control': 'no-store' },
    })
  },
}
