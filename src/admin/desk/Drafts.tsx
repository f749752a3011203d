import { Link } from '@payloadcms/ui'
import type { DraftLine } from '../../desk/model.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import type { AdminText } from '../text/adminText.ts'

/** The newest drafts, to go on with. */
export function Drafts({
  drafts,
  text,
  adminRoute,
}: {
  drafts: DraftLine[]
  text: AdminText
  adminRoute: string
}) {
  const { heading, nothing, untitled } = text.desk.drafts
  return (
    <section className="desk__part" aria-labelledby="desk-drafts">
      <h2 id="desk-drafts">{heading}</h2>
      {drafts.length === 0 && <p className="desk__nothing">{nothing}</p>}
      <ul className="desk__list">
        {drafts.map(({ id, title, savedAt }) => (
          <li key={id}>
            <Link href={`${adminRoute}/collections/articles/${id}`} prefetch={false}>
              {title ?? untitled}
            </Link>{' '}
            <span className="campaign-note">
              <LocalTime date={savedAt.toISOString()} language={text.language} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
