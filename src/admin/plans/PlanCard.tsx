'use client'

import { Button, toast, useConfig } from '@payloadcms/ui'
import { useCallback, useState } from 'react'
import type { ChangeAnswer, PlanAudienceAnswer } from '../../collections/Plans/endpoints/index.ts'
import { sendsMail } from '../../plans/model.ts'
import { askServer } from '../parts/askServer.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import type { SavedVersion } from '../saving/useSavedVersion.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { isChangeable, showSiteTime, type PlanDoc } from './planFacts.ts'
import { PlanTime, type ChosenTime } from './PlanTime.tsx'
import { useTimes } from './usePlans.ts'
import './plans.css'

/** The form of the plan's article, where the card stands in it. */
interface ArticleForm extends SavedVersion {
  untilSaved: () => Promise<void>
}

/**
 * One plan: what happens and when, what it asks, and, for editors, how to move and to cancel it.
 * @param props.onChange it may be another one now.
 */
export function PlanCard({
  plan,
  isEditor,
  article,
  onChange,
}: {
  plan: PlanDoc
  isEditor: boolean
  article?: ArticleForm
  onChange: () => Promise<void>
}) {
  const { text } = useAdminText()
  const words = text.plans
  const { isBusy, change } = useChange({ plan, article, onChange })
  // One whose time has passed gets another with the newest text.
  const [moving, setMoving] = useState<'time' | 'newestText' | null>(null)
  const canChange = isEditor && isChangeable(plan)
  const asks = plan.status === 'late' || plan.status === 'failed'
  return (
    <div className={`plan-card${asks ? ' plan-card--asks' : ''}`} role="group" aria-label={words.heading}>
      <p>
        <PlanLine plan={plan} />
      </p>
      {isEditor && isChangeable(plan) && <PlannedRecipients plan={plan} />}
      {asks && <p>{words.problem(plan.problem?.code ?? '', plan.problem?.message ?? '')}</p>}
      {plan.hasNewerText && isChangeable(plan) && <p>{words.newerText}</p>}
      {canChange && (
        <div className="plan-card__buttons">
          {article && (plan.hasNewerText || asks) && (
            <Button
              {...BUTTON}
              disabled={isBusy}
              onClick={() => (asks ? setMoving('newestText') : void change('PATCH', { useNewestText: true }))}
            >
              {words.useNewest}
            </Button>
          )}
          <Button
            {...BUTTON}
            disabled={isBusy}
            extraButtonProps={{ 'aria-expanded': moving === 'time' }}
            onClick={() => setMoving(moving === 'time' ? null : 'time')}
          >
            {words.move}
          </Button>
          <Button {...BUTTON} disabled={isBusy} onClick={() => void change('DELETE')}>
            {words.cancel}
          </Button>
        </div>
      )}
      {canChange && moving && (
        <Move
          isBusy={isBusy}
          onMove={async (dueAt) => {
            const text = moving === 'newestText' ? { useNewestText: true as const } : {}
            if (await change('PATCH', { dueAt, ...text })) setMoving(null)
          }}
        />
      )}
    </div>
  )
}

const BUTTON = { buttonStyle: 'secondary', size: 'medium', margin: false } as const

function Move({ isBusy, onMove }: { isBusy: boolean; onMove: (dueAt: string) => Promise<void> }) {
  const { text } = useAdminText()
  const [time, setTime] = useState<ChosenTime | null>(null)
  const choose = useCallback((chosen: ChosenTime | null) => setTime(chosen), [])
  return (
    <>
      <PlanTime onChange={choose} />
      <Button
        size="medium"
        margin={false}
        disabled={isBusy || !time}
        onClick={() => time && void onMove(time.local)}
      >
        {time ? text.plans.moveTo(time.shown) : text.plans.move}
      </Button>
    </>
  )
}

/** "Publiceras torsdag 3 december 2026 08:00 på webben och som nyhetsbrev." */
export function PlanLine({ plan: { action, channels, dueAt, status } }: { plan: PlanDoc }) {
  const { text } = useAdminText()
  const { answer } = useTimes({ local: '' })
  if (!answer) return null
  const time = showSiteTime({ at: dueAt, timeZone: answer.timeZone, language: text.language })
  return (
    <time dateTime={dueAt}>
      {text.plans.line({ what: channels ?? (action === 'unpublish' ? 'unpublish' : 'site'), status, time })}
    </time>
  )
}

/** How many would get it now. */
function PlannedRecipients({ plan: { id, channels, version } }: { plan: PlanDoc }) {
  const { text, number } = useAdminText()
  const { answer } = useAnswer<PlanAudienceAnswer>({
    path: channels && sendsMail(channels) ? `/plans/${id}/audience` : null,
    version: version ?? '',
  })
  if (!answer?.audience) return null
  const { recipients } = answer.audience
  return <p>{text.plans.recipients(recipients, number(recipients))}</p>
}

function useChange({
  plan: { id },
  article,
  onChange,
}: {
  plan: PlanDoc
  article: ArticleForm | undefined
  onChange: () => Promise<void>
}) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const [isBusy, setIsBusy] = useState(false)
  const change = async (method: 'PATCH' | 'DELETE', body?: ChangeBody): Promise<boolean> => {
    setIsBusy(true)
    const savesArticle = body?.useNewestText
    if (savesArticle) await article?.untilSaved()
    const answer = await askServer<ChangeAnswer>({
      ...{ url: `${config.routes.api}/plans/${id}`, method },
      ...(body && { body }),
      ...(savesArticle && { version: article?.read() }),
    })
    if (answer.isDone && answer.body.article) article?.note(answer.body.article.updatedAt)
    await onChange()
    setIsBusy(false)
    if (answer.isDone) toast.success(text.plans.done[method])
    else toast.error(answer.message || text.plans.unreachable)
    return answer.isDone
  }
  return { isBusy, change }
}

interface ChangeBody {
  dueAt?: string
  useNewestText?: true
}
