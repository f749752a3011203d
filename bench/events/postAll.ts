import { Agent, request } from 'node:http'

export interface Post {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string
}

/** Makes the calls, so many at a time, over connections that are kept. @returns how many a second. @throws for an answer that is no 200. */
export async function postAll({
  posts,
  connections,
}: {
  posts: Post[]
  connections: number
}): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const waiting = posts.values()
  const begun = performance.now()
  const work = async () => {
    for (const post of waiting) {
      const status = await make(post, agent)
      if (status !== 200) throw new Error(`${post.method} ${post.url} was answered with ${status}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  agent.destroy()
  return posts.length / ((performance.now() - begun) / 1000)
}

const make = ({ url, method, headers, body }: Post, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const call = request(url, { method, headers, agent }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
      response.once('error', reject)
    })
    call.once('error', reject)
    call.end(body)
  })
