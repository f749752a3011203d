import { startServer, type RunningServer } from '../startServer.ts'
import { registerFirst, type StaffRest } from './staffRest.ts'
import { landscape } from './pictures.ts'
import { paragraph } from '../siteContent.ts'
import type { Login } from './admin.ts'

const PASSWORD = 'a password of the tests'
export const STAFF = {
  admin: { email: 'admin@example.com', password: PASSWORD, name: 'Kim Berg' },
  editor: { email: 'editor@example.com', password: PASSWORD, name: 'Eva Lind' },
  author: { email: 'author@example.com', password: PASSWORD, name: 'Maja Holm' },
} satisfies Record<string, Login & { name: string }>

/** A server with staff, as they left it on an ordinary day. */
export interface Newsroom {
  server: RunningServer
  /** As the admin. */
  rest: StaffRest
}

/** Starts one with an admin, an editor and an author, and nothing else in it. */
export async function openNewsroom(environment: Record<string, string> = {}): Promise<Newsroom> {
  const server = await startServer(environment)
  const rest = await registerFirst(server.baseUrl, STAFF.admin)
  for (const role of ['editor', 'author'] as const) await rest.post('/users', { ...STAFF[role], role })
  return { server, rest }
}

/** What the law asks of a sender. */
export const fillInSite = ({ rest }: Newsroom): Promise<unknown> =>
  rest.post('/globals/site?locale=sv', {
    name: 'Holm & Dahl',
    tagline: 'Om arbete utan chefer',
    phone: '08-123 456 78',
    answerTime: 'Vi svarar via e-post inom 24 timmar.',
    senderName: 'Holm & Dahl',
    senderEmail: 'brev@news.example.com',
    postalAddress: 'Storgatan 1, 111 22 Stockholm',
    holdSeconds: 0,
  })

export async function addSubscribers(
  { rest }: Newsroom,
  subscribers: { email: string; locale: 'sv' | 'en'; topics?: number[]; status?: string }[],
): Promise<void> {
  for (const subscriber of subscribers)
    await rest.post('/subscribers', { status: 'active', consentSource: 'the tests', ...subscriber })
}

/** An article that is mailed as soon as a worker sees it. */
export const publishArticle = ({ rest }: Newsroom, { title }: { title: string }): Promise<unknown> =>
  rest.post('/articles?locale=sv', {
    title,
    content: paragraph('Text.'),
    newsletter: { send: true },
    _status: 'published',
  })

/** A topic, an author, an image and an older article to link to. */
export async function addContent({ rest }: Newsroom): Promise<{ topicId: number }> {
  const topic = await rest.post<{ doc: { id: number } }>('/topics?locale=sv', { name: 'Självledarskap' })
  await rest.post('/authors?locale=sv', {
    name: 'Maja Holm',
    title: 'Konsult',
    bio: 'Maja skriver om hur arbete kan ordnas utan chefer.',
  })
  await rest.upload('/media?locale=sv', {
    name: 'utsikt.png',
    bytes: await landscape({ sky: '#f3d9b1', hill: '#b5651d' }),
    data: { alt: 'Kullar i kvällsljus' },
  })
  await rest.post('/articles?locale=sv', {
    title: 'Så planerar vi veckan',
    excerpt: 'En halvtimme på måndagen räcker.',
    topics: [topic.doc.id],
    newsletter: { send: false },
    content: paragraph('En halvtimme på måndagen räcker för oss alla.'),
    _status: 'published',
  })
  return { topicId: topic.doc.id }
}
