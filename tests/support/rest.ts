import { handleEndpoints, type Payload } from 'payload'

export interface Answer {
  status: number
  // What an endpoint answers is for the test to say; it asserts it whole.
  body: Record<string, unknown>
}

/** An object is sent as JSON, a text as CSV. */
export type Rest = (
  method: string,
  path: string,
  body?: object | string,
  headers?: Record<string, string>,
) => Promise<Answer>

/** The body of a request, and the header that says what it is. */
export const bodyOf = (body: object | string | undefined) => ({
  headers: {
    ...(body !== undefined && { 'Content-Type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
  },
  ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
})

/** Somebody with this token (nobody without one), calling the REST API by way of Payload's own router. */
export const restAs =
  ({ payload, key, token }: { payload: Payload; key?: string; token?: string }): Rest =>
  async (method, path, body, headers = {}) => {
    const response = await handleEndpoints({
      config: payload.config,
      ...(key !== undefined && { payloadInstanceCacheKey: key }),
      request: new Request(`${payload.config.serverURL}/api${path}`, {
        method,
        ...bodyOf(body),
        headers: { ...bodyOf(body).headers, ...(token && { Authorization: `JWT ${token}` }), ...headers },
      }),
    })
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
    return { status: response.status, body: isJson ? ((await response.json()) as Answer['body']) : {} }
  }

/** A staff member of that role, made and logged in. */
export async function logInAs({
  payload,
  key,
  role,
}: {
  payload: Payload
  key?: string
  role: 'admin' | 'editor' | 'author'
}): Promise<{ rest: Rest; id: string | number; token: string }> {
  const login = { email: `${role}@example.com`, password: 'a password of the tests' }
  // The first user becomes an admin whatever the role says.
  const { totalDocs } = await payload.count({ collection: 'users' })
  if (totalDocs === 0 && role !== 'admin')
    await payload.create({
      collection: 'users',
      data: { email: 'first@example.com', password: login.password, name: 'First', role: 'admin' },
    })
  const { id } = await payload.create({ collection: 'users', data: { ...login, name: role, role } })
  const { token = '' } = await payload.login({ collection: 'users', data: login })
  return { rest: restAs({ payload, key, token }), id, token }
}
