import { Link } from '@payloadcms/ui'
import type { Desk, SetupStep } from '../../desk/model.ts'
import type { AdminText } from '../text/adminText.ts'
import { DomainState } from './DomainState.tsx'

const PLACES: Partial<Record<SetupStep, string>> = {
  sender: '/globals/site',
  postalAddress: '/globals/site',
  domain: '/globals/site',
  logo: '/globals/site',
  author: '/collections/authors/create',
  subscribers: '/import-subscribers',
  testMail: '/collections/articles',
}

/** What a new installation still needs. What it knows by itself is ticked. */
export function SetupPart({
  steps,
  text,
  adminRoute,
}: {
  steps: NonNullable<Desk['setup']>
  text: AdminText
  adminRoute: string
}) {
  const words = text.desk.setup
  const next = steps.find(({ step, state }) => state === 'open' && PLACES[step])?.step
  return (
    <section className="desk__part desk__part--wide desk-setup" aria-labelledby="desk-setup">
      <h2 id="desk-setup">{words.heading}</h2>
      <p>{words.about}</p>
      <ol>
        {steps.map(({ step, state }) => (
          <li key={step} data-step={step} data-state={state}>
            <span className="desk-setup__mark" aria-hidden="true">
              {state === 'done' ? '✓' : ''}
            </span>
            <div>
              <StepName step={step} words={words} href={PLACES[step] && adminRoute + PLACES[step]} />
              {state === 'done' && <span className="desk__spoken"> ({words.done})</span>}
              {state !== 'done' && <p>{words.steps[step].hint}</p>}
              {state === 'asked' && <DomainState />}
              {step === next && (
                <Link className="btn btn--style-primary btn--size-small" href={adminRoute + PLACES[step]}>
                  {words.next}
                </Link>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function StepName({
  step,
  words,
  href,
}: {
  step: SetupStep
  words: AdminText['desk']['setup']
  href: string | undefined
}) {
  const { name } = words.steps[step]
  return href ? <Link href={href}>{name}</Link> : <strong>{name}</strong>
}
