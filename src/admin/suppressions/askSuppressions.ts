import type { Suppression } from '../../payload-types.ts'

export type SuppressionAnswer =
  | { kind: 'done'; doc: Suppression | null }
  | { kind: 'refused'; message: string }
  | { kind: 'conflict' }
  | { kind: 'failed' }

/** Asks one of the endpoints of suppressions; `refused` says what is wrong with what was written. */
export async function askSuppressions({
  api,
  path,
  body,
}: {
  /** The route of the REST API. */
  api: string
  path: string
  body: Record<string, string>
}): Promise<SuppressionAnswer> {
  try {
    const response = await fetch(`${api}/suppressions/${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.status === 409) return { kind: 'conflict' }
    const answer = (await response.json()) as { doc?: Suppression | null; errors?: { message: string }[] }
    if (response.ok) return { kind: 'done', doc: answer.doc ?? null }
    if (response.status === 400) return { kind: 'refused', message: answer.errors?.[0]?.message ?? '' }
    return { kind: 'failed' }
  } catch {
    return { kind: 'failed' }
  }
}
