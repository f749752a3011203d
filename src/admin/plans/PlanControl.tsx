'use client'

import { Banner, useAuth, useDocumentInfo } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { PlanCard } from './PlanCard.tsx'
import { whilePlanned, type PlanDoc } from './planFacts.ts'

/** On a plan's page: how it stands and what may be done with it. */
export function PlanControl() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Control key={id} id={id} />
}

function Control({ id }: { id: number | string }) {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const { answer, isFailed, ask } = useAnswer<PlanDoc>({
    path: `/plans/${id}?depth=0`,
    everyMs: (last) => whilePlanned(last ? [last] : []),
  })
  if (!answer) return isFailed ? <Banner type="error">{text.plans.unreachable}</Banner> : null
  return <PlanCard plan={answer} isEditor={isEditorUser(user)} onChange={ask} />
}
