import type { KeptState } from '../../../src/newsletter/eventPorts.ts'
import type { ProviderEvent } from '../../../src/newsletter/model.ts'
import { recordEvents, type Recording } from '../../../src/newsletter/recordEvents.ts'

/** Records one event that has just come in. */
export async function recordEvent(
  recording: Recording,
  event: ProviderEvent,
): Promise<KeptState | undefined> {
  const [state] = await recordEvents(recording, [{ event, receivedAt: recording.clock.now() }])
  return state
}
