/** What stands in the contact form's fields, as text. */
export interface Written {
  name: string
  email: string
  message: string
  subscribe: boolean
}

export const NOTHING_WRITTEN: Written = { name: '', email: '', message: '', subscribe: false }

/** What came in with the form, to stand there again. @param values null: nothing that can be read. */
export function readWritten(values: Record<string, unknown> | null): Written {
  const text = (name: string) => (typeof values?.[name] === 'string' ? values[name] : '')
  return {
    name: text('name'),
    email: text('email'),
    message: text('message'),
    subscribe: text('subscribe') === 'on',
  }
}
