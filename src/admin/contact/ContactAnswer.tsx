'use client'

import { Banner, Button, useDocumentInfo } from '@payloadcms/ui'
import type { ContactMessage } from '../../payload-types.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { answerLink } from './answerLink.ts'
import { useAnswered } from './useAnswered.ts'
import './contact.css'

/** On a message's page: answers it in the mail program, and says that it is answered. */
export function ContactAnswer() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Answer key={id} id={id} />
}

function Answer({ id }: { id: number | string }) {
  const { text } = useAdminText()
  const {
    answer: message,
    isFailed,
    ask,
  } = useAnswer<ContactMessage>({
    path: `/contact-messages/${id}?depth=1&joins=false`,
  })
  const { isBusy, record } = useAnswered({ messageId: id, onAnswer: ask })
  if (!message) return isFailed ? <Banner type="error">{text.contact.unreachable}</Banner> : null
  const isAnswered = !!message.answeredAt
  return (
    <section className="contact-answer">
      <Button
        el="anchor"
        url={answerLink(message)}
        buttonStyle={isAnswered ? 'secondary' : 'primary'}
        size="medium"
        margin={false}
      >
        {text.contact.answer}
      </Button>
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isBusy}
        onClick={() => void record(!isAnswered)}
      >
        {isAnswered ? text.contact.markUnanswered : text.contact.markAnswered}
      </Button>
      <AnsweredBy message={message} />
    </section>
  )
}

function AnsweredBy({ message: { answeredAt, answeredBy } }: { message: ContactMessage }) {
  const { text } = useAdminText()
  if (!answeredAt) return <p>{text.contact.unanswered}</p>
  const name = answeredBy && typeof answeredBy === 'object' ? answeredBy.name : null
  return (
    <p>
      {text.contact.answered} <LocalTime date={answeredAt} language={text.language} />
      {name && ` · ${name}`}
    </p>
  )
}
