'use client'

import { Button, Link, useConfig } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { campaignUrl } from '../campaign/links.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { hasProviderWords } from '../text/hasProviderWords.ts'
import { useAdminText } from '../text/useAdminText.ts'
import type { ToldMove } from './toldMoves.ts'
import '../person/person.css'
import './moves.css'

/** So many are shown before somebody asks for all. */
const FIRST = 20

/** On a campaign's page: what happened to it, who did it and why; the newest first. */
export function MoveList({ moves }: { moves: ToldMove[] }) {
  const { text, number } = useAdminText()
  const [isWhole, setIsWhole] = useState(false)
  const heading = useId()
  const words = text.campaign.moves
  const shown = isWhole ? moves : moves.slice(0, FIRST)
  return (
    <section className="timeline campaign-moves" aria-labelledby={heading}>
      <h2 id={heading}>{words.heading}</h2>
      <ol>
        {shown.map((move) => (
          <li key={move.key} data-what={move.what}>
            <LocalTime date={move.at} language={text.language} />
            <Told move={move} />
          </li>
        ))}
      </ol>
      {shown.length < moves.length && (
        <Button buttonStyle="secondary" size="medium" margin={false} onClick={() => setIsWhole(true)}>
          {words.all(number(moves.length))}
        </Button>
      )}
    </section>
  )
}

function Told({ move }: { move: ToldMove }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const { what, byName, isByWorker, override, heldUntil, later } = move
  const words = text.campaign.moves
  return (
    <div className="timeline__row">
      <p className="timeline__title">
        {later ? (
          <Link
            href={campaignUrl({ adminRoute: config.routes.admin, campaignId: later.id })}
            prefetch={false}
          >
            {words.what.laterEdition}
          </Link>
        ) : (
          words.what[what]
        )}
      </p>
      {(byName !== null || isByWorker) && (
        <p className="timeline__facts">{byName === null ? words.worker : words.by(byName)}</p>
      )}
      {later && <p className="timeline__facts">{text.followUp.names[later.audience]}</p>}
      {heldUntil && (
        <p className="timeline__facts">
          {words.heldUntil} <LocalTime date={heldUntil} language={text.language} />
        </p>
      )}
      <Why problem={move.problem} />
      {override && (
        <>
          <p>{override.reason}</p>
          <p className="timeline__facts">{words.passed(override.checks.join(', '))}</p>
        </>
      )}
      <Counts move={move} />
    </div>
  )
}

function Why({ problem }: Pick<ToldMove, 'problem'>) {
  const { text } = useAdminText()
  if (!problem) return null
  const translated = text.campaign.problems[problem.code]
  return (
    <>
      <p>{translated ?? problem.message}</p>
      {translated && hasProviderWords(problem.code) && <p>{problem.message}</p>}
    </>
  )
}

const ENDS = ['submitted', 'rejected', 'excluded', 'uncertain'] as const

/** When the audience is fixed, how many they are; later what became of them, those numbers that say something. */
function Counts({ move: { what, counts } }: { move: ToldMove }) {
  const { text, number } = useAdminText()
  if (!counts) return null
  const names =
    what === 'opened' || what === 'canary'
      ? []
      : ENDS.filter((name) => name === 'submitted' || counts[name] > 0)
  const shown = (['recipients', ...names] as const).map(
    (name) => `${text.campaign.counts[name]} ${number(counts[name])}`,
  )
  return <p className="timeline__facts">{shown.join(' · ')}</p>
}
