import type { Emulation } from '../emulation.ts'
import type { Answer, ApiCall, RecordedRequest } from '../model.ts'
import { html, type Html } from './html.ts'
import { showPage } from './layout.ts'
import { turnPages } from './pager.ts'
import { showAnswer, showTable, showTime } from './pieces.ts'

/** GET /calls */
export function showCalls({ emulation, call }: { emulation: Emulation; call: ApiCall }): Answer {
  const { items, links } = turnPages({ list: emulation.calls.requests, query: call.query, path: '/calls' })
  return showPage({ title: 'Calls', path: '/calls', content: html`${listCalls(items)} ${links}` })
}

export const listCalls = (calls: readonly RecordedRequest[]): Html =>
  showTable({
    caption: 'Calls of the API, newest first',
    columns: ['Time', 'Call', 'Key', 'Mails', 'Answer', 'Fault'],
    rows: calls.map(({ at, method, path, key, size, status, error, fault }) => [
      showTime(at),
      html`<code>${method} ${path}</code>`,
      key === null ? '–' : html`<code>${key}</code>`,
      size,
      showAnswer({ status, error }),
      fault ?? '–',
    ]),
    none: 'No call yet.',
  })
