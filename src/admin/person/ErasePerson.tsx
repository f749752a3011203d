'use client'

import { Button, toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { useEffect, useRef, useState } from 'react'
import { askServer } from '../parts/askServer.ts'
import { usePersonText } from './usePerson.ts'

/** For an admin: asks twice, each time with the name, since nobody can take it back. */
export function ErasePerson({ id, name }: { id: number | string; name: string }) {
  const { config } = useConfig()
  const router = useRouter()
  const { text } = usePersonText()
  const [step, setStep] = useState<'none' | 'first' | 'last'>('none')
  const [isBusy, setIsBusy] = useState(false)
  const question = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (step !== 'none') question.current?.focus()
  }, [step])
  const { erase: words } = text

  const erase = async () => {
    setIsBusy(true)
    const answer = await askServer({ url: `${config.routes.api}/subscribers/${id}`, method: 'DELETE' })
    setIsBusy(false)
    if (!answer.isDone) return void toast.error(answer.message || text.failed)
    toast.success(words.done(name))
    router.push(`${config.routes.admin}/collections/subscribers`)
  }

  if (step === 'none')
    return (
      <p className="person__erase-start">
        <Button
          buttonStyle="secondary"
          className="person__danger"
          size="medium"
          margin={false}
          onClick={() => setStep('first')}
        >
          {words.button}
        </Button>
      </p>
    )
  const isLast = step === 'last'
  return (
    <div className="person__erase" role="group" aria-labelledby="person-erase">
      <h2 id="person-erase" ref={question} tabIndex={-1}>
        {isLast ? words.last(name) : words.heading(name)}
      </h2>
      <p>{isLast ? words.lastAbout : words.about}</p>
      <div className="person__actions">
        <Button
          buttonStyle="secondary"
          size="medium"
          margin={false}
          disabled={isBusy}
          onClick={() => setStep('none')}
        >
          {words.back}
        </Button>
        <Button
          buttonStyle="secondary"
          className="person__danger"
          size="medium"
          margin={false}
          disabled={isBusy}
          onClick={() => (isLast ? void erase() : setStep('last'))}
        >
          {isLast ? words.confirm(name) : words.next}
        </Button>
      </div>
    </div>
  )
}
