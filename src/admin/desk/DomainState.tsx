'use client'

import type { DomainAnswer } from '../../endpoints/desk.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'

/** What the name servers say of the sender's domain. They may be slow: the page does not wait for them. */
export function DomainState() {
  const { text } = useAdminText()
  const { answer, isFailed } = useAnswer<DomainAnswer>({ path: '/desk/domain' })
  const words = text.desk.setup
  return (
    <div role="status">
      {!answer && !isFailed && <p>{words.asking}</p>}
      {(isFailed || answer?.isUnknown) && <p>{words.domainUnknown}</p>}
      {answer?.isDone && (
        <p>
          {answer.domain}: {words.done}
        </p>
      )}
      <ul>
        {answer?.faults.map(({ name, message, remedy }) => (
          <li key={name} lang="en">
            {message} {remedy}
          </li>
        ))}
      </ul>
    </div>
  )
}
