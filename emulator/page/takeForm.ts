import { postEvent } from '../control/postEvent.ts'
import type { Emulation } from '../emulation.ts'
import type { Answer, ApiCall } from '../model.ts'
import { changeSettings } from '../settings.ts'
import { showFaults } from './faultsPage.ts'

const MOST_NEXT = 1_000

/** POST /_emulator/forms/…: what the page's forms send; read by what reads the same from JSON. */
export function takeForm({ call, emulation }: { call: ApiCall; emulation: Emulation }): Answer | null {
  if (!call.path.startsWith('/_emulator/forms/')) return null
  const form = new URLSearchParams(call.bytes.toString('utf8'))
  const set = (body: unknown) =>
    back({ emulation, to: '/faults', mistake: changeSettings({ current: emulation.settings, body }) })
  switch (call.path) {
    case '/_emulator/forms/faults':
      return back({ emulation, to: '/faults', mistake: emulation.faults.read(readFaultForm(form)) })
    case '/_emulator/forms/limits':
      return set({
        perSecond: orNull(form.get('perSecond')),
        isRateEnforced: form.has('isRateEnforced'),
        latencyMs: orNull(form.get('latencyMs')) ?? 0,
        dailyQuota: orNull(form.get('dailyQuota')),
        monthlyQuota: orNull(form.get('monthlyQuota')),
      })
    case '/_emulator/forms/webhooks':
      return set({
        webhookUrl: form.get('webhookUrl') || null,
        webhookCopies: orNull(form.get('webhookCopies')) ?? 1,
        isWebhookOrderShuffled: form.has('isWebhookOrderShuffled'),
        webhookDelayMs: orNull(form.get('webhookDelayMs')) ?? 0,
      })
    case '/_emulator/forms/event':
      return takeEvent({ form, emulation })
    case '/_emulator/forms/reset':
      emulation.reset()
      return back({ emulation, to: '/', mistake: null })
    default:
      return null
  }
}

function takeEvent({ form, emulation }: { form: URLSearchParams; emulation: Emulation }): Answer {
  const { emailId = '', type, bounce } = Object.fromEntries(form)
  const mistake = postEvent({
    body: { emailId, type, ...(type === 'email.bounced' && { bounce }) },
    emulation,
  })
  return back({ emulation, to: `/mails/${encodeURIComponent(emailId)}`, mistake })
}

function readFaultForm(form: URLSearchParams) {
  const named = (field: string) => (form.get(field) === 'none' ? null : form.get(field))
  const next = named('next')
  const times = Math.min(orNull(form.get('times')) ?? 1, MOST_NEXT)
  const rate = orNull(form.get('rate')) ?? 0
  const seed = orNull(form.get('seed'))
  return {
    next: next === null ? [] : Array.from({ length: times }, () => next),
    every: named('every'),
    random: rate === 0 ? null : { rate, ...(seed !== null && { seed }) },
  }
}

/** An empty field is null, and what is no number stays text, for the reader to refuse. */
const orNull = (text: string | null) => (text === null || text.trim() === '' ? null : Number(text))

const back = ({
  emulation,
  to,
  mistake,
}: {
  emulation: Emulation
  to: string
  mistake: string | null
}): Answer =>
  mistake === null ? { status: 303, headers: { location: to }, body: '' } : showFaults({ emulation, mistake })
