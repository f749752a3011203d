'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** A moment as the clock of whoever looks shows it; the server, which knows no zone but its own, shows UTC. */
export function LocalTime({ date, language }: { date: string; language: string }) {
  const show = (timeZone?: string) =>
    new Date(date).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const shown = useSyncExternalStore(
    never,
    () => show(),
    () => show('UTC'),
  )
  return <time dateTime={date}>{shown}</time>
}
