import { setTimeout as wait } from 'node:timers/promises'
import type { Article, Campaign, Delivery, Subscriber } from '../../payload-types.ts'
import { DemoError } from './DemoError.ts'
import type { Login } from './seedDemo.ts'

const ASK_EVERY_MS = 200
const PATIENCE_MS = 120_000

/** What a campaign does not leave by itself. */
const STOPPED: string[] = ['failed', 'paused', 'cancelled'] satisfies Campaign['status'][]

export interface Published {
  article: Article
  campaign: Campaign
  deliveries: Delivery[]
  subscribers: Subscriber[]
}

/**
 * Publishes a draft the way an editor's browser does, over HTTP with an editor's login, and waits until its campaign is
 * submitted.
 * @param input.onHold told each second for how many more it can be undone.
 * @throws DemoError when it is refused, the campaign stops, or nothing has come of it after two minutes.
 */
export async function publishArticle({
  baseUrl,
  article,
  editor,
  onHold,
}: {
  /** Where the server answers from here. */
  baseUrl: string
  article: Article['id']
  editor: Login
  onHold: (secondsLeft: number) => void
}): Promise<Published> {
  const { token } = await call<{ token: string }>({
    url: `${baseUrl}/api/users/login`,
    method: 'POST',
    body: editor,
  })
  const ask = <Answer>(path: string) => call<Answer>({ url: `${baseUrl}/api${path}`, token })
  const { doc } = await call<{ doc: Article }>({
    url: `${baseUrl}/api/articles/${article}?depth=0`,
    method: 'PATCH',
    body: { _status: 'published' },
    token,
  })
  let told: number | null = null
  const campaign = await untilSubmitted(async () => {
    const { docs } = await ask<{ docs: Campaign[] }>(`/campaigns?where[article][equals]=${article}&depth=0`)
    const [campaign] = docs
    const left = campaign?.status === 'holding' ? Math.ceil((campaign.holdLeftMs ?? 0) / 1000) : null
    if (left !== null && left !== told) onHold(left)
    told = left
    return campaign
  })
  const { docs: deliveries } = await ask<{ docs: Delivery[] }>(
    `/deliveries?where[campaign][equals]=${campaign.id}&depth=0&limit=100&sort=email`,
  )
  const { docs: subscribers } = await ask<{ docs: Subscriber[] }>(
    '/subscribers?depth=1&limit=100&sort=email&locale=en',
  )
  return { article: doc, campaign, deliveries, subscribers }
}

async function untilSubmitted(readCampaign: () => Promise<Campaign | undefined>): Promise<Campaign> {
  const deadline = Date.now() + PATIENCE_MS
  let campaign: Campaign | undefined
  while (Date.now() < deadline) {
    campaign = await readCampaign()
    if (campaign?.status === 'submitted') return campaign
    if (campaign && STOPPED.includes(campaign.status ?? '')) break
    await wait(ASK_EVERY_MS)
  }
  const why = campaign?.problem?.message
  if (!campaign) throw new DemoError('The article was published, but no campaign came of it.')
  throw new DemoError(`The campaign is ${campaign.status} and not submitted${why ? `: ${why}` : '.'}`)
}

async function call<Answer>({
  url,
  method = 'GET',
  token,
  body,
}: {
  url: string
  method?: string
  token?: string
  body?: object
}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `JWT ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = await response.text()
  if (!response.ok)
    throw new DemoError(`${method} ${url} was answered with ${response.status}: ${answer.slice(0, 500)}`)
  return JSON.parse(answer) as Answer
}
