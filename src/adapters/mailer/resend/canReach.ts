/** Whether anything at all answers at this address; what it answers does not matter. */
export async function canReach({ url, timeoutMs }: { url: string; timeoutMs: number }): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    return true
  } catch {
    return false
  }
}
