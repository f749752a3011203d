import { memoryMailer, type MemoryMailer } from '../../../src/adapters/mailer/memory/memoryMailer.ts'
import type { CampaignRow } from '../../../src/adapters/store/memory/rows.ts'
import type { CanarySetting, DeliveryCounts, Id, Mail } from '../../../src/newsletter/model.ts'
import type {
  ArticleCampaigns,
  Articles,
  Flow,
  MailingSource,
  Pace,
  Renderer,
} from '../../../src/newsletter/ports.ts'
import { followUp, type FollowUpAnswer } from '../../../src/newsletter/followUp.ts'
import { scheduleCampaign } from '../../../src/newsletter/scheduleCampaign.ts'
import { flowLanes } from '../../../src/newsletter/work.ts'
import { memoryRig, type MemoryRig } from './memoryRig.ts'
import { at } from './time.ts'

export type Content = { title: string }

/** The whole flow without a database, a network or a clock of its own. */
export interface Newsroom {
  rig: MemoryRig
  mailer: MemoryMailer
  clock: { now: () => Date; set: (time: string) => void; pass: (seconds: number) => void }
  /** What a worker is given; each call is a new process, with the same rows and the same provider. */
  flow: () => Flow<Content>
  /** Publishes as an editor does; the same article again when it is named. */
  publish: (articleId?: Id) => Promise<Id>
  unpublish: (articleId: Id) => void
  /** What an editor asks for when the first edition is over. */
  followUp: (articleId: Id, asked: Partial<Parameters<typeof followUp>[1]>) => Promise<FollowUpAnswer>
  /** What the next articles and renderings meet; a hold of no seconds unless the test says so. */
  site: {
    problem: { code: string; message: string } | null
    /** What the look before the mailing finds. */
    objection: { code: string; message: string } | null
    title: string
    renderError: Error | null
    topicIds: Id[]
    holdSeconds: number
    canary: CanarySetting | null
    /** What the provider has told of canaries; null while that is not applied. */
    hasEvents: boolean | null
    /** For how long it is known who got something. */
    memoryDays: number
  }
  log: string[]
  /** The first edition. */
  campaignOf: (articleId: Id) => CampaignRow
  countsOf: (articleId: Id) => Promise<DeliveryCounts>
}

export function newsroom({
  batchSize = 2,
  repeatableMs,
  reportsEvents = true,
}: { batchSize?: number; repeatableMs?: number; reportsEvents?: boolean } = {}): Newsroom {
  const rig = memoryRig()
  const mailer = memoryMailer({
    batchSize,
    reportsEvents,
    ...(repeatableMs !== undefined && { repeatableMs }),
  })
  const time = { now: at('08:00') }
  const clock = {
    now: () => new Date(time.now),
    set: (text: string) => void (time.now = at(text)),
    pass: (seconds: number) => void (time.now = new Date(time.now.getTime() + seconds * 1000)),
  }
  const site: Newsroom['site'] = {
    problem: null,
    objection: null,
    title: 'Rubriken',
    renderError: null,
    topicIds: [],
    holdSeconds: 0,
    canary: null,
    hasEvents: true,
    memoryDays: 398,
  }
  const articles = articlesOf({ rig, site, clock })
  const log: string[] = []
  const made = { ids: 0 }
  const randomId = () => {
    made.ids += 1
    return `id-${made.ids}`
  }
  const campaignOf = (articleId: Id) => {
    const [row, ...more] = rig.rows.campaigns.filter(
      (campaign) => campaign.articleId === articleId && campaign.edition === 1,
    )
    if (!row || more.length > 0) throw new Error(`Article ${articleId} has not one campaign.`)
    return structuredClone(row)
  }
  return {
    rig,
    mailer,
    clock,
    site,
    log,
    campaignOf,
    countsOf: (articleId) => rig.store.countDeliveries(campaignOf(articleId).id),
    flow: () => ({
      store: rig.store,
      mailer,
      pace: freePace,
      renderer: rendererOf(site),
      articles,
      secret: 'a secret of the tests',
      clock,
      log: (event) => void log.push(event),
      sleep: async () => undefined,
      randomId,
      random: () => 0,
      guard: async () => undefined,
      hasEvents: async () => site.hasEvents,
      lookAgain: async () => site.objection,
      held: new Set(),
    }),
    publish: async (given) => {
      const id = given ?? (await rig.addArticle({ isPublished: false }))
      const wasPublic = rig.rows.articles.some((row) => row.id === id && row.isPublished)
      setPublished(rig, id, true)
      const published = { publishedAt: clock.now(), isPlanned: false, wasPublic, ...NOTHING_BEFORE }
      await scheduleCampaign(
        { campaigns: campaignsOf({ rig, site }), clock },
        { articleId: id, ...published },
      )
      return id
    },
    unpublish: (id) => setPublished(rig, id, false),
    followUp: (articleId, asked) =>
      followUp(
        { campaigns: campaignsOf({ rig, site }), clock },
        {
          ...{ articleId, audience: 'joined_since', topicId: null, corrects: null },
          ...{ override: null, by: 'editor', ...asked },
        },
      ),
  }
}

/** As many calls as one likes, two at a time. */
export const freePace: Pace = {
  waitForCall: async () => ({ end: async () => undefined }),
  width: () => 2,
}

/** Does what a worker does until nothing is due, as the time is. */
export async function drainFlow<Any>(flow: Flow<Any>): Promise<void> {
  const lanes = flowLanes(flow)
  let isBusy = true
  while (isBusy) {
    isBusy = false
    for (const { step } of lanes) while (await step()) isBusy = true
  }
}

/** To whom mails went, in their order. */
export const recipientsOf = (mails: readonly Mail[]): string[] => mails.map(({ to }) => to.email)

const NOTHING_BEFORE = { formerVersion: null, override: null }

function setPublished({ rows }: MemoryRig, id: Id, isPublished: boolean): void {
  const article = rows.articles.find((row) => row.id === id)
  if (article) article.isPublished = isPublished
}

function articlesOf({ rig, site, clock }: Pick<Newsroom, 'rig' | 'site' | 'clock'>): Articles<Content> {
  return {
    readForMailing: async ({ articleId }): Promise<MailingSource<Content>> => {
      if (!rig.rows.articles.some(({ id, isPublished }) => id === articleId && isPublished))
        return { kind: 'unpublished' }
      if (site.problem) return { kind: 'incomplete', problem: site.problem }
      return {
        kind: 'ready',
        content: { title: site.title },
        sender: { name: 'Provet', email: 'brev@example.com', replyTo: 'svar@example.com' },
        listId: 'newsletter.site.example',
        baseUrl: 'http://site.example',
        topicIds: [...site.topicIds],
        canary: site.canary,
      }
    },
    scheduleCampaign: (articleId) =>
      scheduleCampaign(
        { campaigns: campaignsOf({ rig, site }), clock },
        {
          articleId,
          publishedAt: clock.now(),
          isPlanned: false,
          wasPublic: true,
          ...NOTHING_BEFORE,
        },
      ),
    takeBack: async ({ id, articleId }) => {
      const campaign = rig.rows.campaigns.find((row) => row.id === id)
      if (campaign?.status !== 'cancelled' || !campaign.undoneAt) return
      setPublished(rig, articleId, false)
      campaign.returnedAt = clock.now()
    },
  }
}

function campaignsOf({ rig, site }: Pick<Newsroom, 'rig' | 'site'>): ArticleCampaigns {
  const editionsOf = (articleId: Id) =>
    rig.rows.campaigns
      .filter((campaign) => campaign.articleId === articleId)
      .toSorted((one, other) => one.edition - other.edition)
  return {
    holdMs: async () => site.holdSeconds * 1000,
    memoryMs: async () => site.memoryDays * 86_400_000,
    find: async (articleId) => {
      const row = editionsOf(articleId).at(-1)
      if (!row) return null
      const { id, edition, status, problem, undoneAt, snapshot } = row
      const isUndone = undoneAt !== null
      return { id, edition, status, problemCode: problem?.code ?? null, isUndone, isOpen: snapshot !== null }
    },
    editions: async (articleId) =>
      editionsOf(articleId).map(
        ({ id, edition, audience, status, snapshot, topicIds, startedAt, finishedAt }) => ({
          ...{
            id,
            number: edition,
            audience,
            status,
            isOpen: snapshot !== null,
            topicIds: topicIds ?? [],
            startedAt,
          },
          isFinished: status === 'submitted' || (status === 'cancelled' && finishedAt !== null),
        }),
      ),
    createEdition: async ({ edition: { number, ...edition }, topicIds, start, now }) => {
      if (editionsOf(edition.articleId).some((row) => row.edition === number)) return null
      const row = { ...edition, edition: number, editionTopicIds: topicIds, ...start, movedAt: now }
      return rig.addCampaign(row)
    },
    create: async ({ articleId, start, now }) =>
      void (await rig.addCampaign({ articleId, ...start, movedAt: now })),
    reopen: async ({ id, from, problemCode, start, now }) => {
      const row = rig.rows.campaigns.find((campaign) => campaign.id === id && campaign.status === from)
      if (from === 'paused' && row?.problem?.code !== problemCode) return
      const isNew = { undoneAt: null, undoneBy: null, returnedAt: null, problem: null, finishedAt: null }
      if (row) Object.assign(row, { ...start, ...isNew, movedAt: now, updatedAt: now })
    },
    withdraw: async ({ id, from, by, now }) => {
      const row = rig.rows.campaigns.find((campaign) => campaign.id === id && campaign.status === from)
      const undone = { status: 'cancelled', undoneAt: now, undoneBy: by, returnedAt: now, finishedAt: now }
      if (row) Object.assign(row, { ...undone, problem: null, movedAt: now, updatedAt: now })
    },
    noteOverride: async ({ id, override }) => {
      const row = rig.rows.campaigns.find((campaign) => campaign.id === id)
      if (row) Object.assign(row, { override })
    },
  }
}

const rendererOf = (site: Newsroom['site']): Renderer<Content> => ({
  render: async ({ content, locale, personal }) => {
    if (site.renderError) throw site.renderError
    return {
      subject: `${content.title} (${locale})`,
      html: `<p>${content.title} ${personal.email}</p><a href="${personal.unsubscribeUrl}">x</a>`,
      text: `${content.title} ${personal.email} ${personal.unsubscribeUrl} ${personal.preferencesUrl}`,
    }
  },
})
