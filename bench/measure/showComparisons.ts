import { availableParallelism } from 'node:os'
import type { Comparison } from './compare.ts'
import { table } from './table.ts'

/** A table for people, then one line of JSON for programs, both on stdout. */
export function showComparisons({ comparisons, title }: { comparisons: Comparison[]; title: string }): void {
  const header = ['', 'requests/s', 'p99 ms', 'bare requests/s', 'bare p99 ms', 'ratio', 'bytes']
  const rows = comparisons.map(({ name, subject, baseline, ratio, bytes }) => [
    name,
    subject.requestsPerSecond.toFixed(0),
    subject.p99.toFixed(0),
    baseline.requestsPerSecond.toFixed(0),
    baseline.p99.toFixed(0),
    ratio.toFixed(2),
    String(bytes),
  ])
  const what = `${title}, ${availableParallelism()} cores, Node ${process.version}`
  console.log(`${what}\n\n${table({ header, rows })}\n`)
  console.log(JSON.stringify({ title, node: process.version, cores: availableParallelism(), comparisons }))
}
