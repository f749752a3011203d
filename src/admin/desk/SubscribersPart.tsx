import { Link } from '@payloadcms/ui'
import type { SubscriberFigures } from '../../desk/model.ts'
import type { AdminText } from '../text/adminText.ts'
import { MovementChart } from './MovementChart.tsx'

/** How many subscribe, and who came and went in the last thirty days. */
export function SubscribersPart({
  figures: { active, days, topics },
  text,
  adminRoute,
}: {
  figures: SubscriberFigures
  text: AdminText
  adminRoute: string
}) {
  const words = text.desk.subscribers
  const number = (value: number) => value.toLocaleString(text.language)
  const sum = (name: 'joined' | 'left') => days.reduce((total, day) => total + day[name], 0)
  const moved = { joined: sum('joined'), left: sum('left') }
  const subscribers = `${adminRoute}/collections/subscribers`
  return (
    <section className="desk__part desk__part--wide" aria-labelledby="desk-subscribers">
      <h2 id="desk-subscribers">{words.heading}</h2>
      <p>
        <Link href={`${subscribers}?where[or][0][and][0][status][equals]=active`} prefetch={false}>
          {words.active(active, number(active))}
        </Link>
        . {words.moved(moved)}
      </p>
      <p>
        <Link href={`${adminRoute}/import-subscribers`} prefetch={false}>
          {words.importMore}
        </Link>
      </p>
      {moved.joined + moved.left > 0 && (
        <>
          <MovementChart days={days} label={words.chart(moved)} words={words} />
          <details>
            <summary>{words.asTable}</summary>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.day}</th>
                  <th scope="col">{words.joined}</th>
                  <th scope="col">{words.left}</th>
                </tr>
              </thead>
              <tbody>
                {days.map(({ date, joined, left }) => (
                  <tr key={date}>
                    <th scope="row">{date}</th>
                    <td>{number(joined)}</td>
                    <td>{number(left)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
      {topics === null && <p className="campaign-note">{words.tooManyByTopic}</p>}
      {topics !== null && topics.length > 0 && (
        <table>
          <caption>{words.byTopic}</caption>
          <thead>
            <tr>
              <th scope="col">{words.topic}</th>
              <th scope="col">{words.joined}</th>
              <th scope="col">{words.left}</th>
            </tr>
          </thead>
          <tbody>
            {topics.map(({ id, name, joined, left }) => (
              <tr key={id}>
                <th scope="row">
                  <Link href={`${subscribers}?where[or][0][and][0][topics][equals]=${id}`} prefetch={false}>
                    {name}
                  </Link>
                </th>
                <td>{number(joined)}</td>
                <td>{number(left)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
