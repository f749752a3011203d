import { BROKEN_FORM, type WebProblem } from './problems.ts'

/** Whether a body that says it is a form in parts is one: Next reads it for any page, and fails on one that is cut off. */
export async function checkForm({
  type,
  body,
}: {
  type: string | undefined
  body: Buffer
}): Promise<WebProblem | null> {
  if (!/^\s*multipart\/form-data\b/i.test(type ?? '')) return null
  try {
    await new Response(new Uint8Array(body), { headers: { 'Content-Type': type ?? '' } }).formData()
    return null
  } catch {
    return BROKEN_FORM
  }
}
