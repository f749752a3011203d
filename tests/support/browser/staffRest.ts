/** The REST API of a running server, as somebody who has logged in. */
export interface StaffRest {
  /** The documents or answer of a GET. @throws for anything but a 2xx. */
  get: <Body>(path: string) => Promise<Body>
  post: <Body>(path: string, body: object) => Promise<Body>
  patch: <Body>(path: string, body: object) => Promise<Body>
  upload: (
    path: string,
    file: { name: string; bytes: Uint8Array; data: object },
  ) => Promise<{ doc: { id: number } }>
}

interface Login {
  email: string
  password: string
}

/** Registers the first user of a fresh server, who becomes an admin. */
export async function registerFirst(baseUrl: string, user: Login & { name: string }): Promise<StaffRest> {
  const { token } = await call<{ token: string }>(`${baseUrl}/api/users/first-register`, jsonRequest(user))
  return restWith(baseUrl, token)
}

/** Somebody who has a login. */
export async function logInOverRest(baseUrl: string, { email, password }: Login): Promise<StaffRest> {
  const { token } = await call<{ token: string }>(
    `${baseUrl}/api/users/login`,
    jsonRequest({ email, password }),
  )
  return restWith(baseUrl, token)
}

function restWith(baseUrl: string, token: string): StaffRest {
  const headers = { Authorization: `JWT ${token}` }
  return {
    get: (path) => call(`${baseUrl}/api${path}`, { headers }),
    post: (path, body) => call(`${baseUrl}/api${path}`, jsonRequest(body, headers)),
    patch: (path, body) => call(`${baseUrl}/api${path}`, { ...jsonRequest(body, headers), method: 'PATCH' }),
    upload: (path, { name, bytes, data }) => {
      const form = new FormData()
      form.set('file', new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
      form.set('_payload', JSON.stringify(data))
      return call(`${baseUrl}/api${path}`, { method: 'POST', headers, body: form })
    },
  }
}

const jsonRequest = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

async function call<Body>(url: string, init: RequestInit): Promise<Body> {
  const response = await fetch(url, init)
  if (!response.ok)
    throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}
