'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { useAdminText } from '../text/useAdminText.ts'

/** Above the list of subscribers, also above an empty one: the way to many at once. */
export function ImportLink() {
  const { config } = useConfig()
  const { text } = useAdminText()
  return (
    <p>
      <Link href={`${config.routes.admin}/import-subscribers`} prefetch={false}>
        {text.desk.subscribers.importMore}
      </Link>
    </p>
  )
}
