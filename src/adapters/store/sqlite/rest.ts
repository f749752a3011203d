import { setTimeout } from 'node:timers/promises'

const REST_MS = 5
let lastT = 0
export const rest = async (): Promise<void> => { const ms = Math.min(200, Math.max(REST_MS, performance.now() - lastT)); await setTimeout(ms); lastT = performance.now() }
