import { Link } from '@payloadcms/ui'
import type { Env } from '../../env.ts'
import type { Figure, LastNewsletter } from '../../desk/model.ts'
import { campaignUrl } from '../campaign/links.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import type { AdminText } from '../text/adminText.ts'

/** How the last newsletter went, beside those before it. */
export function LastNewsletterPart({
  last,
  mailer,
  text,
  adminRoute,
}: {
  last: LastNewsletter | null
  mailer: Env['mailer']['kind']
  text: AdminText
  adminRoute: string
}) {
  const words = text.desk.last
  return (
    <section className="desk__part" aria-labelledby="desk-last">
      <h2 id="desk-last">{words.heading}</h2>
      {last === null ? (
        <p className="desk__nothing">{words.none}</p>
      ) : (
        <>
          <p>
            <Link href={campaignUrl({ adminRoute, campaignId: last.mailing.id })} prefetch={false}>
              {last.mailing.subject ?? text.desk.waits.untitled}
            </Link>{' '}
            <span className="campaign-note">
              <LocalTime date={last.mailing.finishedAt.toISOString()} language={text.language} />
            </span>
          </p>
          <dl className="desk__figures">
            {last.figures.map((figure) => (
              <FigureLine key={figure.name} figure={figure} before={last.before} text={text} />
            ))}
          </dl>
          {!last.mailing.events && <p className="campaign-note">{words.noEvents[mailer]}</p>}
        </>
      )}
    </section>
  )
}

function FigureLine({ figure, before, text }: { figure: Figure; before: number; text: AdminText }) {
  const { name, count, share, mean } = figure
  const { figures, mean: meanOf } = text.desk.last
  const percent = (value: number) =>
    value.toLocaleString(text.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <div data-figure={name}>
      <dt>{figures[name]}</dt>
      <dd>
        {count.toLocaleString(text.language)} {share !== null && <small>{percent(share)}</small>}
      </dd>
      {mean !== null && <dd className="campaign-note">{meanOf(percent(mean), before)}</dd>}
    </div>
  )
}
