import { bodyOf, type Answer, type Rest } from './rest.ts'

/** The same as rest.ts, over real HTTP. */
export const httpAs =
  ({ baseUrl, token }: { baseUrl: string; token?: string }): Rest =>
  async (method, path, body) => {
    const response = await fetch(`${baseUrl}/api${path}`, {
      method,
      redirect: 'manual',
      ...bodyOf(body),
      headers: { ...bodyOf(body).headers, ...(token && { Authorization: `JWT ${token}` }) },
    })
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
    return { status: response.status, body: isJson ? ((await response.json()) as Answer['body']) : {} }
  }

/** Registers the first user of an empty installation, who is an admin, and an editor; gives the editor, with the login. */
export async function registerEditor(baseUrl: string): Promise<{ rest: Rest; admin: Rest; token: string }> {
  const password = 'a password of the tests'
  const first = {
    email: 'admin@example.com',
    password,
    'confirm-password': password,
    name: 'Admin',
    role: 'author',
  }
  const registered = await httpAs({ baseUrl })('POST', '/users/first-register', first)
  const admin = httpAs({ baseUrl, token: String(registered.body.token) })
  await admin('POST', '/users', { email: 'editor@example.com', password, name: 'Editor', role: 'editor' })
  const loggedIn = await httpAs({ baseUrl })('POST', '/users/login', {
    email: 'editor@example.com',
    password,
  })
  const token = String(loggedIn.body.token)
  return { rest: httpAs({ baseUrl, token }), admin, token }
}
