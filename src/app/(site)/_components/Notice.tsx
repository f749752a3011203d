import type { ReactNode } from 'react'

/** One line on what just happened; a screen reader says it by itself. */
export function Notice({ tone, children }: { tone: 'success' | 'problem'; children: ReactNode }) {
  return (
    <p className={`notice notice-${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      {children}
    </p>
  )
}
