import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireEditor, requireStaff } from '../../../access/requireEditor.ts'
import { idOf } from '../../../content/idOf.ts'
import { overrideContext } from '../../../content/systemSaves.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { depsOf, freezeVersionOf, mailedTopicsOf, planBookOf, siteTimeZoneOf } from '../../../deps.ts'
import { OVERRIDE_TEXTS, overrideField, readOverride } from '../../../endpoints/override.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { notThere, readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import type { Article, Plan } from '../../../payload-types.ts'
import { changePlan } from '../../../plans/changePlan.ts'
import { CHANNELS, sendsMail } from '../../../plans/model.ts'
import { readSiteTime, usualTimes, whyNotPlannable, type SiteTime } from '../../../plans/siteTime.ts'
import { refusal } from '../../../refusals/refusal.ts'
import { readAudience, type AudienceAnswer } from '../../Articles/endpoints/audience.ts'
import { readNewest, topicsField, TOPICS_TEXTS } from '../../Articles/endpoints/publication.ts'
import { planArticle, readPlan, readTime, refuseTime, timeField, TIME_TEXTS } from './planArticle.ts'

const TEXTS = {
  noArticle: { en: 'article: the id of an article.', sv: 'article: en artikels id.' },
  noAction: { en: 'action: publish or unpublish.', sv: 'action: publish eller unpublish.' },
  noChannels: {
    en: 'channels: site, site_and_mail or mail.',
    sv: 'channels: site, site_and_mail eller mail.',
  },
  notOfUnpublishing: {
    en: 'channels, topics and override belong to a publication.',
    sv: 'channels, topics och override hör till en publicering.',
  },
  notOfMoving: {
    en: 'override belongs to useNewestText: a plan that moves keeps its own.',
    sv: 'override hör till useNewestText: en plan som flyttas behåller sitt.',
  },
  noMail: {
    en: 'topics and override belong to a newsletter: channels is site_and_mail or mail then.',
    sv: 'topics och override hör till ett nyhetsbrev: då är channels site_and_mail eller mail.',
  },
  nothingToChange: {
    en: 'dueAt, useNewestText, or both: what is to be changed.',
    sv: 'dueAt, useNewestText eller båda: det som ska ändras.',
  },
  ...TIME_TEXTS,
  ...TOPICS_TEXTS,
  ...OVERRIDE_TEXTS,
}
const nameOf = (name: keyof typeof TEXTS) => name

const NEW_PLAN = z
  .discriminatedUnion(
    'action',
    [
      z.strictObject({
        article: z.union([z.string(), z.int()], nameOf('noArticle')).transform(String),
        action: z.literal('publish'),
        channels: z.enum(CHANNELS, nameOf('noChannels')),
        topics: topicsField.optional(),
        dueAt: timeField,
        override: overrideField.optional(),
      }),
      z.strictObject(
        {
          article: z.union([z.string(), z.int()], nameOf('noArticle')).transform(String),
          action: z.literal('unpublish'),
          dueAt: timeField,
        },
        nameOf('notOfUnpublishing'),
      ),
    ],
    nameOf('noAction'),
  )
  .refine(
    (plan) => plan.action === 'unpublish' || plan.channels !== 'site' || (!plan.topics && !plan.override),
    nameOf('noMail'),
  )

/**
 * `POST /api/plans` {article: id, action: `publish`|`unpublish`, dueAt, channels?, topics?, override?} by an editor -> 201 {doc}. A
 * publication names the newest text, and says where it goes, as `POST /api/articles/:id/publish` does. `dueAt` is a moment with an
 * offset, or a time by the clock of the site. 400, 401, 403, 404; 409 `plan_exists`, `already_mailed`; 422 `newsletter_stopped`.
 */
const create: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { article, action, dueAt, ...rest } = await readJsonBody(req, NEW_PLAN, TEXTS)
    const {
      channels = null,
      topics,
      override,
    } = rest as Partial<Extract<z.infer<typeof NEW_PLAN>, { action: 'publish' }>>
    const id = await readArticleId(req, article)
    const doc = await planArticle(req, {
      ...{ article: id, action, channels, topics, time: dueAt, path: 'dueAt' },
      override: readOverride(req, override),
    })
    return Response.json({ doc }, { status: 201 })
  },
}

/** @throws 404 */
async function readArticleId(req: PayloadRequest, text: string): Promise<number> {
  const id = toDocumentId({ payload: req.payload, text })
  const found =
    id === null
      ? null
      : await req.payload.findByID({
          collection: 'articles',
          id,
          select: { slug: true },
          depth: 0,
          overrideAccess: false,
          disableErrors: true,
          req,
        })
  if (!found) throw notThere(req)
  return found.id
}

const CHANGE = z
  .strictObject({
    dueAt: timeField.optional(),
    useNewestText: z.literal(true).optional(),
    override: overrideField.optional(),
  })
  .refine(({ dueAt, useNewestText }) => dueAt !== undefined || useNewestText, nameOf('nothingToChange'))
  .refine(({ useNewestText, override }) => useNewestText || !override, nameOf('notOfMoving'))

export interface ChangeAnswer {
  doc: Plan
  /** As it was saved for the plan; null where it was not. */
  article: Pick<Article, 'id' | 'updatedAt'> | null
}

/**
 * `PATCH /api/plans/:id` {dueAt?, useNewestText?: true, override?} by an editor -> 200 ChangeAnswer: moves a plan, or has it publish the newest text,
 * which is judged as when it was planned. One that asks waits again. 400, 401, 403, 404; 409 `plan_state` for one that is under way
 * or has ended; 422 `newsletter_stopped`.
 */
const change: Endpoint = {
  path: '/:id',
  method: 'patch',
  handler: async (req) => {
    requireEditor(req)
    const plan = await readRouteDocument(req, { collection: 'plans' })
    const { dueAt, useNewestText = false, override } = await readJsonBody(req, CHANGE, TEXTS)
    const passed = readOverride(req, override)
    const time = dueAt === undefined ? null : await readTime(req, { text: dueAt, path: 'dueAt' })
    if (useNewestText && plan.action === 'unpublish')
      throw refusal({ req, code: 'body_invalid', status: 400, text: TEXTS.notOfUnpublishing })
    // Judged in the language in which it will be published.
    req.locale = plan.locale
    if (passed) Object.assign(req.context, overrideContext(passed))
    const answer = await changePlan(
      { book: planBookOf(req), freeze: freezeVersionOf(req), clock: depsOf(req.payload).clock },
      {
        plan: {
          id: String(plan.id),
          articleId: String(plan.article),
          channels: plan.channels ?? null,
          dueAt: new Date(plan.dueAt),
        },
        ...{ dueAt: time?.at ?? null, newestText: useNewestText ? { override: passed } : null },
        by: userOf(req),
      },
    )
    if (answer === 'under_way') throw await underWay(req, plan)
    if (answer !== 'changed') throw refuseTime(req, { fault: answer, path: 'dueAt' })
    const article = useNewestText ? await readNewest(req, idOf(plan.article)) : null
    return Response.json({
      doc: await readPlan(req, plan.id),
      article: article && { id: article.id, updatedAt: article.updatedAt },
    } satisfies ChangeAnswer)
  },
}

/**
 * `DELETE /api/plans/:id` by an editor -> 200 {doc}, which stays as `cancelled`. 401, 403, 404; 409 `plan_state` for one that is under
 * way or has ended.
 */
const cancel: Endpoint = {
  path: '/:id',
  method: 'delete',
  handler: async (req) => {
    requireEditor(req)
    const plan = await readRouteDocument(req, { collection: 'plans' })
    const { clock } = depsOf(req.payload)
    const isCancelled = await planBookOf(req).cancel({
      ...{ id: String(plan.id), by: userOf(req), now: clock.now() },
    })
    if (!isCancelled) throw await underWay(req, plan)
    return Response.json({ doc: await readPlan(req, plan.id) })
  },
}

const userOf = ({ user }: PayloadRequest): string | null => (user ? String(user.id) : null)

/** 409, with the state as it is now. */
async function underWay(req: PayloadRequest, { id }: Plan) {
  const { status } = await readPlan(req, id)
  return refusal({
    req,
    code: 'plan_state',
    status: 409,
    text: {
      en: `The plan cannot be changed any more: its status is ${status}.`,
      sv: `Planen går inte att ändra längre: dess status är ${status}.`,
    },
    data: { status },
  })
}

export interface PlanAudienceAnswer {
  /** Null where the plan mails nobody, and where its version is gone. */
  audience: AudienceAnswer | null
}

/**
 * `GET /api/plans/:id/audience` by an editor -> 200 PlanAudienceAnswer: to how many the planned version would go if it were mailed
 * now. Who gets it is chosen when the plan runs. 401, 403, 404.
 */
const audience: Endpoint = {
  path: '/:id/audience',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const { article, version, channels } = await readRouteDocument(req, { collection: 'plans' })
    const topics =
      channels && sendsMail(channels) && version
        ? await mailedTopicsOf(req, { id: idOf(article), version })
        : null
    const counted = topics && (await readAudience(req, { topics, tellsLeftOut: false }))
    return Response.json({ audience: counted } satisfies PlanAudienceAnswer, {
      headers: { 'Cache-Control': 'no-store' },
    })
  },
}

export interface TimesAnswer {
  /** IANA name of the clock that the site goes by. */
  timeZone: string
  /** Next Tuesday and Thursday at 08:00, the sooner first. */
  usual: Shown[]
  /** What `local` means; null for no time, or for none at all. */
  chosen: (Shown & { fault: 'past' | 'too_far' | null }) | null
}

interface Shown {
  /** ISO 8601, UTC. */
  at: string
  /** By the clock of the site, as 2026-12-03T08:00. */
  local: string
  shift: SiteTime['shift']
}

const shown = ({ at, local, shift }: SiteTime): Shown => ({ at: at.toISOString(), local, shift })

/** `GET /api/plans/times?local=2026-12-03T08:00` by staff -> TimesAnswer. 401. */
const times: Endpoint = {
  path: '/times',
  method: 'get',
  handler: async (req) => {
    requireStaff(req)
    const timeZone = await siteTimeZoneOf(req)
    const now = depsOf(req.payload).clock.now()
    const text = req.searchParams.get('local') ?? ''
    const chosen = readSiteTime({ text, timeZone })
    return Response.json({
      timeZone,
      usual: usualTimes({ now, timeZone }).map(shown),
      chosen: chosen && { ...shown(chosen), fault: whyNotPlannable({ at: chosen.at, now }) },
    } satisfies TimesAnswer)
  },
}

export const planEndpoints: Endpoint[] = [times, audience, create, change, cancel]
