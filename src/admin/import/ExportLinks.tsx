'use client'

import { useConfig } from '@payloadcms/ui'
import type { ImportText } from './importText.ts'

/** Plain links: the browser saves what the server streams. */
export function ExportLinks({ text }: { text: ImportText }) {
  const { config } = useConfig()
  const url = `${config.routes.api}/subscribers/export`
  return (
    <section className="import__export">
      <h2>{text.exportHeading}</h2>
      <p>{text.exportIntro}</p>
      <p className="import__buttons">
        <a href={`${url}?status=all`} download>
          {text.exportAll}
        </a>
        <a href={`${url}?status=active`} download>
          {text.exportActive}
        </a>
      </p>
    </section>
  )
}
