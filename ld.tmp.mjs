import { register } from 'node:module'
register('./ldh.tmp.mjs', import.meta.url)
