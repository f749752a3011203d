/**
 * Preloaded into a process (`--import`), it moves its clock: by as many milliseconds as the file says that MOVED_CLOCK
 * names, which may change at any time. Only what the time is changes; timers run as always.
 */
import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 50
const file = process.env.MOVED_CLOCK ?? ''
const RealDate = Date

const readOffset = () => Number(readFileSync(file, 'utf8'))
let offset = readOffset()
setInterval(() => (offset = readOffset()), LOOK_EVERY_MS).unref()

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + offset] : given, newTarget),
  apply: () => new Date().toString(),
  get: (target, name, receiver) =>
    name === 'now' ? () => RealDate.now() + offset : Reflect.get(target, name, receiver),
})
