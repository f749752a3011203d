import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { overrideContext } from '../../../content/systemSaves.ts'
import { depsOf, freezeVersionOf, planBookOf, siteTimeZoneOf } from '../../../deps.ts'
import { DEFAULT_LOCALE, LOCALES, type Locale, type Override } from '../../../newsletter/model.ts'
import type { Article, Plan } from '../../../payload-types.ts'
import { makePlan } from '../../../plans/makePlan.ts'
import { sendsMail, type Channels, type PlanAction } from '../../../plans/model.ts'
import { readSiteTime, type SiteTime } from '../../../plans/siteTime.ts'
import { languageOf, refusal } from '../../../refusals/refusal.ts'
import { readTopics, refuseMailed } from '../../Articles/endpoints/publication.ts'

/** What a time may be refused for; see readJsonBody. */
export const TIME_TEXTS = {
  badTime: {
    en: 'A time is written as 2026-12-03T08:00, by the clock of the site (Settings, Site), or with an offset, as 2026-12-03T08:00+01:00.',
    sv: 'En tid skrivs som 2026-12-03T08:00, efter webbplatsens klocka (Inställningar, Webbplats), eller med tidsskillnad, som 2026-12-03T08:00+01:00.',
  },
}
const BAD_TIME = 'badTime' satisfies keyof typeof TIME_TEXTS

/** A time as `readSiteTime` takes it. */
export const timeField = z.string(BAD_TIME).max(40, BAD_TIME)

/**
 * A time as the body of a request says it.
 * @param options.path the field of the body.
 * @throws 400
 */
export async function readTime(
  req: PayloadRequest,
  { text, path }: { text: string; path: string },
): Promise<SiteTime> {
  const time = readSiteTime({ text, timeZone: await siteTimeZoneOf(req) })
  if (time) return time
  const errors = [{ path, message: TIME_TEXTS.badTime[languageOf(req)] }]
  throw refusal({ req, code: 'body_invalid', status: 400, text: TIME_TEXTS.badTime, data: { errors } })
}

/** 400 for a time at which nothing can be planned. */
export const refuseTime = (
  req: PayloadRequest,
  { fault, path }: { fault: 'past' | 'too_far'; path: string },
) => {
  const text = {
    past: {
      en: 'That time has passed. Choose one that is still to come, or publish now.',
      sv: 'Den tiden har redan varit. Välj en som ligger framåt, eller publicera nu.',
    },
    too_far: {
      en: 'That is more than five years away. Choose an earlier time.',
      sv: 'Det är mer än fem år dit. Välj en tidigare tid.',
    },
  }[fault]
  const errors = [{ path, message: text[languageOf(req)] }]
  return refusal({ req, code: 'time_not_plannable', status: 400, text, data: { errors } })
}

/**
 * Plans what is to happen to an article, for a request of an editor.
 * @returns the new plan.
 * @throws 400, 409 `plan_exists` with the plan's id, 409 `already_mailed`, and what publishing now would throw.
 */
export async function planArticle(
  req: PayloadRequest,
  plan: {
    article: Article['id']
    action: PlanAction
    channels: Channels | null
    /** Undefined: as the article says. */
    topics: string[] | undefined
    time: string
    /** The field of the body that `time` is. */
    path: string
    override: Override | null
  },
): Promise<Plan> {
  const { article, action, channels, topics, override, path } = plan
  const { at } = await readTime(req, { text: plan.time, path })
  if (sendsMail(channels)) await refuseMailed(req, { id: article, isPlanned: true })
  if (override) Object.assign(req.context, overrideContext(override))
  const answer = await makePlan(
    { book: planBookOf(req), freeze: freezeVersionOf(req), clock: depsOf(req.payload).clock },
    {
      ...{ articleId: String(article), action, channels, override },
      topicIds: topics ? readTopics(req, topics).map(String) : null,
      locale: localeOf(req),
      dueAt: at,
      by: req.user ? String(req.user.id) : null,
    },
  )
  if (answer.kind === 'exists') throw planExists(req, answer.id)
  if (answer.kind !== 'planned') throw refuseTime(req, { fault: answer.kind, path })
  return readPlan(req, answer.id)
}

export const readPlan = (req: PayloadRequest, id: Plan['id'] | string): Promise<Plan> =>
  req.payload.findByID({ collection: 'plans', id, depth: 0, overrideAccess: false, req })

const localeOf = ({ locale }: PayloadRequest): Locale =>
  LOCALES.find((known) => known === locale) ?? DEFAULT_LOCALE

const planExists = (req: PayloadRequest, plan: string) =>
  refusal({
    req,
    code: 'plan_exists',
    status: 409,
    text: {
      en: 'The article has a plan for this already. Move or cancel that one (/api/plans/:id).',
      sv: 'Artikeln har redan en sådan plan. Flytta eller avboka den (/api/plans/:id).',
    },
    data: { plan },
  })
