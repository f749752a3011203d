'use client'

import { Button, Link, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useEffect, useRef, useState } from 'react'
import type { PreflightAnswer } from '../../collections/Articles/endpoints/preflight.ts'
import type { Level } from '../../preflight/model.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './preflight.css'

type Check = PreflightAnswer['checks'][number]
type Result = { kind: 'ran'; answer: PreflightAnswer; version: string } | { kind: 'failed' }

/** What is to be mended comes first, and what nobody could look at before what is well. */
const SHOWN = ['stop', 'warning', 'not_run'] as const satisfies Level[]

/**
 * In the article's newsletter tab and before it is published: what speaks against mailing it, when that was looked at, and
 * where it is mended.
 */
export function PreflightPanel({
  runsAtOnce = false,
  onResult,
}: {
  runsAtOnce?: boolean
  /** Told when a look begins, and what came of it. */
  onResult?: (result: PreflightAnswer | 'running' | 'failed') => void
}) {
  const { id, lastUpdateTime } = useDocumentInfo()
  const { text } = useAdminText()
  const { config } = useConfig()
  const untilSaved = useUntilSaved()
  const [result, setResult] = useState<Result | null>(null)
  const [isRunning, setIsRunning] = useState(false)
  const isBusy = useRef(false)
  const version = String(lastUpdateTime)
  const newest = useRef(version)
  useEffect(() => {
    newest.current = version
  }, [version])
  const words = text.preflight
  const run = async () => {
    // Not disabled meanwhile: a disabled button loses the focus.
    if (isBusy.current) return
    isBusy.current = true
    setIsRunning(true)
    onResult?.('running')
    await untilSaved()
    const answer = await ask(`${config.routes.api}/articles/${id}/preflight`)
    setResult(answer ? { kind: 'ran', answer, version: newest.current } : { kind: 'failed' })
    if (!isGone.current) onResult?.(answer ?? 'failed')
    setIsRunning(false)
    isBusy.current = false
  }
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  const runFirst = useRef(run)
  useEffect(() => {
    if (!runsAtOnce) return
    const start = setTimeout(() => void runFirst.current(), 0)
    return () => clearTimeout(start)
  }, [runsAtOnce])
  if (id === undefined) return null
  const isOld = result?.kind === 'ran' && result.version !== version
  return (
    <section className="preflight" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <div className="preflight__run">
        <Button buttonStyle="secondary" size="medium" margin={false} onClick={() => void run()}>
          {words.run}
        </Button>
        <p role="status">
          {isRunning && words.running}
          {!isRunning && result?.kind === 'failed' && words.failed}
          {!isRunning && result?.kind === 'ran' && (
            <>
              <Summary answer={result.answer} /> {isOld && words.changed}
            </>
          )}
        </p>
      </div>
      {result?.kind === 'ran' && <Checks checks={result.answer.checks} />}
    </section>
  )
}

function Summary({ answer: { ranAt, checks } }: { answer: PreflightAnswer }) {
  const { text } = useAdminText()
  const countOf = (level: Level) => checks.filter((check) => check.level === level).length
  const { stops, warnings, nothing, ranAt: at } = text.preflight
  const [stopped, warned] = [countOf('stop'), countOf('warning')]
  return (
    <>
      <strong>
        {[stopped > 0 && stops(stopped), warned > 0 && warnings(warned)].filter(Boolean).join(' ') || nothing}
      </strong>{' '}
      {at} <LocalTime date={ranAt} language={text.language} />.
    </>
  )
}

function Checks({ checks }: { checks: Check[] }) {
  const { text } = useAdminText()
  const fine = checks.filter(({ level }) => level === 'ok')
  const shown = SHOWN.flatMap((level) => checks.filter((check) => check.level === level))
  return (
    <>
      <ul className="preflight__checks">
        {shown.map((check) => (
          <Item key={check.code} check={check} />
        ))}
      </ul>
      {fine.length > 0 && (
        <details>
          <summary>{text.preflight.fine(fine.length)}</summary>
          <ul className="preflight__fine">
            {fine.map(({ code, message }) => (
              <li key={code}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Item({ check: { code, level, message, evidence, place } }: { check: Check }) {
  const { text } = useAdminText()
  const { config } = useConfig()
  const { levels, places } = text.preflight
  return (
    <li className={`preflight__check preflight__check--${level}`} data-check={code}>
      <strong>{levels[level]}</strong> {message}
      {level !== 'not_run' && code !== 'audience' && evidence.length > 0 && (
        <ul>
          {evidence.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {level !== 'not_run' && (
        <p>
          {place === 'site' ? (
            <Link href={`${config.routes.admin}/globals/site`} prefetch={false}>
              {places.site}
            </Link>
          ) : (
            places[place]
          )}
        </p>
      )}
    </li>
  )
}

async function ask(url: string): Promise<PreflightAnswer | null> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' })
    return response.ok ? ((await response.json()) as PreflightAnswer) : null
  } catch {
    return null
  }
}
