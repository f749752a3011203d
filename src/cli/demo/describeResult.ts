import type { OutboxEntry } from '../../adapters/mailer/outbox/readOutbox.ts'
import type { Subscriber } from '../../payload-types.ts'
import type { Published } from './publishArticle.ts'
import type { Login } from './seedDemo.ts'

/** What the demo shows when the campaign is submitted: who got what, who did not and why, and where to look. */
export function describeResult({
  published: { article, deliveries, subscribers },
  mails,
  serverUrl,
  admin,
  outboxFolder,
}: {
  published: Published
  mails: OutboxEntry[]
  serverUrl: string
  admin: Login
  /** As it is to be shown. */
  outboxFolder: string
}): string[] {
  const got = deliveries.filter(({ status }) => status === 'submitted').map(({ email }) => email)
  const others = subscribers.filter(({ email }) => !got.includes(email))
  return [
    ...section('Who got it', [
      ...got.map((email) => [email, mails.find(({ to }) => to.includes(email))?.subject ?? 'no file']),
    ]),
    ...section(
      'Who did not',
      others.map((subscriber) => [subscriber.email, reasonOf(subscriber)]),
    ),
    ...section('Where to look', [
      ['The article', `${serverUrl}/sv/articles/${article.slug}`],
      ['in English', `${serverUrl}/en/articles/${article.slug}`],
      ['The mails', `${serverUrl}/admin/outbox  or  ${outboxFolder}/*.eml`],
      ['The admin', `${serverUrl}/admin`],
      ['  log in as', `${admin.email}  password  ${admin.password}`],
      ['REST', `${serverUrl}/api/articles?where[slug][equals]=${article.slug}&depth=1&locale=en`],
      ['GraphQL', `curl ${serverUrl}/api/graphql -H 'Content-Type: application/json' \\`],
      ['', `  -d '{"query":"{ Articles(locale: en) { docs { title slug } } }"}'`],
    ]),
  ]
}

function reasonOf({ status, topics }: Subscriber): string {
  switch (status) {
    case 'pending':
      return 'has not confirmed yet'
    case 'unsubscribed':
      return 'has unsubscribed'
    case 'suppressed':
      return 'is suppressed'
    case 'active':
      return `follows only ${(topics ?? []).map((topic) => (typeof topic === 'object' ? topic.name : topic)).join(', ')}`
  }
}

function section(title: string, rows: string[][]): string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length)) + 2
  return ['', `  ${title}`, ...rows.map(([first = '', second = '']) => `    ${first.padEnd(width)}${second}`)]
}
