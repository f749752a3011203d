'use client'

import { useAuth } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { PlanCard } from '../plans/PlanCard.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { MorePlans, PlanTitle, useOpenPlans } from './useOpenPlans.tsx'

/** What will happen by itself, and when. It is moved and cancelled here too. */
export function PlannedPart() {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const { plans: planned, more, ask } = useOpenPlans('planned')
  const { heading, nothing } = text.desk.planned
  return (
    <section className="desk__part" aria-labelledby="desk-planned">
      <h2 id="desk-planned">{heading}</h2>
      {planned.length === 0 && <p className="desk__nothing">{nothing}</p>}
      {planned.map((plan) => (
        <div key={plan.id}>
          <PlanTitle plan={plan} />
          <PlanCard plan={plan} isEditor={isEditorUser(user)} onChange={ask} />
        </div>
      ))}
      <MorePlans count={more} />
    </section>
  )
}
