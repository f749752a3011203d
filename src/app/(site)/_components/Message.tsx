import type { ReactNode } from 'react'

/** A page that says one thing, and where to go from there. */
export function Message({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="message">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {children}
    </div>
  )
}
