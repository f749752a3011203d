import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Each path is written out, so that the bundler knows which files are meant. They are small, and in development they change. */
const ASSETS = {
  'site.css': {
    type: 'text/css; charset=utf-8',
    read: () => readFileSync(new URL('./site.css', import.meta.url), 'utf8'),
  },
  'live-preview.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => readFileSync(new URL('./live-preview.js', import.meta.url), 'utf8'),
  },
  'confirm.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => readFileSync(new URL('./confirm.js', import.meta.url), 'utf8'),
  },
  'subscribe-form.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => readFileSync(new URL('./subscribe-form.js', import.meta.url), 'utf8'),
  },
}
export type AssetName = keyof typeof ASSETS

/** Where a page finds an asset: the address changes with the content, so that browsers may keep it for good. */
export const assetUrl = (name: AssetName): string => `/assets/${name}?v=${readAsset(name).version}`

export function readAsset(name: AssetName): { content: string; type: string; version: string } {
  const { read, type } = ASSETS[name]
  const content = read()
  return { content, type, version: createHash('sha256').update(content).digest('base64url').slice(0, 12) }
}

export const isAssetName = (name: string): name is AssetName => Object.hasOwn(ASSETS, name)
