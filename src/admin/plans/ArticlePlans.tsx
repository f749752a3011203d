'use client'

import { Button, useAuth, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useState } from 'react'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useSavedVersion } from '../saving/useSavedVersion.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { PlanCard } from './PlanCard.tsx'
import { PlanTime, type ChosenTime } from './PlanTime.tsx'
import { usePlanning } from './usePlanning.ts'
import { usePlans } from './usePlans.ts'

/** Above an article's text: what is planned for it, and a way to have a public one taken off the site at a time. */
export function ArticlePlans() {
  const { user } = useAuth<User>()
  const { id, hasPublishedDoc } = useDocumentInfo()
  const { plans, isKnown, ask } = usePlans()
  const untilSaved = useUntilSaved()
  const saved = useSavedVersion()
  const isEditor = isEditorUser(user)
  const mayUnpublish =
    isEditor && isKnown && hasPublishedDoc && !plans.some(({ action }) => action === 'unpublish')
  return (
    <div className="article-plans" aria-live="polite">
      {plans.map((plan) => (
        <PlanCard
          key={plan.id}
          plan={plan}
          isEditor={isEditor}
          article={{ untilSaved, ...saved }}
          onChange={ask}
        />
      ))}
      {mayUnpublish && id !== undefined && <Unpublication articleId={id} />}
    </div>
  )
}

function Unpublication({ articleId }: { articleId: number | string }) {
  const { text } = useAdminText()
  const { unpublishLater, unpublishAt } = text.plans
  const [isOpen, setIsOpen] = useState(false)
  const [time, setTime] = useState<ChosenTime | null>(null)
  const choose = useCallback((chosen: ChosenTime | null) => setTime(chosen), [])
  const { plan, isBusy, refused } = usePlanning({
    path: '/plans',
    body: { article: articleId, action: 'unpublish', dueAt: time?.local },
    onDone: () => setIsOpen(false),
  })
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{unpublishLater}</summary>
      {isOpen && (
        <div className="plan-card">
          <PlanTime onChange={choose} />
          <p role="status">{refused}</p>
          <Button
            buttonStyle="secondary"
            size="medium"
            margin={false}
            disabled={!time || isBusy}
            onClick={() => void plan()}
          >
            {unpublishAt(time?.shown ?? '')}
          </Button>
        </div>
      )}
    </details>
  )
}
