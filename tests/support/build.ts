import { ensureBuild } from '../../src/cli/server/ensureBuild.ts'

/** Builds the product when there is no build or a source is newer; a script of tests/run.mjs. */
await ensureBuild({ environment: process.env, report: () => undefined })
