/** One thing that was looked at. `message` says how it is and `remedy` what to do; neither holds a key or a path. */
export interface Check {
  name: string
  status: 'ok' | 'warn' | 'fail'
  message: string
  remedy: string | null
  /** Nobody could look: nothing is known. */
  isUnknown?: true
}

type Finding = { name: string; message: string }

export const ok = ({ name, message }: Finding): Check => ({ name, status: 'ok', message, remedy: null })

/** It works, but not as well as it could, or nobody can tell. */
export const warn = (finding: Finding & { remedy: string }): Check => ({ ...finding, status: 'warn' })

export const fail = (finding: Finding & { remedy: string }): Check => ({ ...finding, status: 'fail' })
