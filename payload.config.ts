import { configFor } from './src/config.ts'
import { readEnv } from './src/env.ts'

export default configFor(readEnv())
