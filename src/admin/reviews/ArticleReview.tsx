'use client'

import { Button, toast, useAuth, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useId, useState } from 'react'
import type { ReviewState } from '../../reviews/model.ts'
import type { User } from '../../payload-types.ts'
import { askServer } from '../parts/askServer.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useKeptState } from '../parts/useKeptState.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './reviews.css'

interface ReviewDoc {
  state: ReviewState
  note?: string | null
  at: string
  by?: { name?: string | null } | null
}

const ASK_EVERY_MS = 30_000

/**
 * Above an article's text: for its author a way to hand it in, and what the editor said; for an editor what an author has
 * handed in, and a way to give it back. Nothing of it once the article is published.
 */
export function ArticleReview() {
  const { user } = useAuth<User>()
  const { id, hasPublishedDoc, lastUpdateTime } = useDocumentInfo()
  const { answer, ask } = useAnswer<{ docs: ReviewDoc[] }>({
    path:
      id === undefined || hasPublishedDoc
        ? null
        : `/reviews?where[article][equals]=${id}&limit=1&depth=1&populate[users][name]=true`,
    everyMs: () => ASK_EVERY_MS,
    version: lastUpdateTime,
  })
  if (id === undefined || hasPublishedDoc || !answer || !user) return null
  const review = answer.docs[0] ?? null
  const isEditor = isEditorUser(user)
  // An editor who writes their own article hands it in to nobody.
  if (isEditor && !review) return null
  return (
    <div className="article-review" aria-live="polite">
      {review && <Standing review={review} />}
      {isEditor && review?.state === 'handed_in' && <Form articleId={id} kind="give-back" onDone={ask} />}
      {!isEditor && review?.state !== 'handed_in' && <Form articleId={id} kind="hand-in" onDone={ask} />}
    </div>
  )
}

function Standing({ review: { state, note, at, by } }: { review: ReviewDoc }) {
  const { text } = useAdminText()
  const words = text.reviews
  return (
    <>
      <p>
        <strong>{words.states[state](by?.name || words.somebody)}</strong>{' '}
        <LocalTime date={at} language={text.language} />
      </p>
      {note && <blockquote>{note}</blockquote>}
    </>
  )
}

function Form({
  articleId,
  kind,
  onDone,
}: {
  articleId: number | string
  kind: 'hand-in' | 'give-back'
  onDone: () => Promise<void>
}) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const untilSaved = useUntilSaved()
  const [note, changeNote] = useKeptState(`note of ${articleId}: ${kind}`, '')
  const [isBusy, setIsBusy] = useState(false)
  const noteId = useId()
  const words = text.reviews.forms[kind]
  const send = async () => {
    setIsBusy(true)
    await untilSaved()
    const answer = await askServer({
      ...{ url: `${config.routes.api}/articles/${articleId}/${kind}`, method: 'POST' },
      body: kind === 'hand-in' && note.trim() === '' ? {} : { note },
    })
    await onDone()
    setIsBusy(false)
    if (!answer.isDone) return toast.error(answer.message || text.reviews.unreachable)
    changeNote(() => '')
    toast.success(words.done)
  }
  return (
    <div className="article-review__form">
      <label htmlFor={noteId}>{words.note}</label>
      <textarea
        id={noteId}
        rows={2}
        maxLength={2_000}
        value={note}
        onChange={({ target }) => changeNote(() => target.value)}
      />
      <Button
        buttonStyle="secondary"
        size="medium"
        margin={false}
        disabled={isBusy || (kind === 'give-back' && note.trim() === '')}
        onClick={() => void send()}
      >
        {words.send}
      </Button>
    </div>
  )
}
