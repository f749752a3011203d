import type { ReactNode } from 'react'

/** One thing that a reader can do besides the form of their choices. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="choice-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Where a form of this page posts to: it says that the answer is to be the page again. */
export const actionOf = ({ path, token }: { path: string; token: string }): string =>
  `${path}?${new URLSearchParams({ token, from: 'page' })}`
