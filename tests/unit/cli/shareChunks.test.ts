import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { shareChunks } from '../../../src/cli/server/shareChunks.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'utskick-chunks-'))
  mkdirSync(join(folder, 'ssr'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (files: Record<string, string>) =>
  Object.entries(files).forEach(([name, content]) => writeFileSync(join(folder, name), content))
const isLink = (name: string) => lstatSync(join(folder, name)).isSymbolicLink()

it('leaves the first of equal chunks and makes the others links to it, twice over', () => {
  write({ 'a.js': 'one', 'b.js': 'one', 'c.js': 'two', 'd.js': 'one' })
  expect([shareChunks(folder), shareChunks(folder)]).toEqual([6, 0])
  expect({
    links: ['a.js', 'b.js', 'c.js', 'd.js'].filter(isLink),
    target: readlinkSync(join(folder, 'd.js')),
    content: readFileSync(join(folder, 'b.js'), 'utf8'),
  }).toEqual({ links: ['b.js', 'd.js'], target: 'a.js', content: 'one' })
})

it('leaves what lies in another folder, and what is no chunk', () => {
  write({ 'a.js': 'one', 'ssr/a.js': 'one', 'a.json': 'one', 'b.json': 'one' })
  expect(shareChunks(folder)).toBe(0)
  expect(['a.js', 'ssr/a.js', 'a.json', 'b.json'].filter(isLink)).toEqual([])
})
