import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './support/browser/findChromium.mjs'
import { missingWebkit } from './support/browser/findWebkit.mjs'
import { missingMailServers } from './support/mailServers/findMailServers.mjs'
import { provideMongo } from './support/mongodb/server.mjs'

/**
 * `npm test [-- <jest arguments>]`: everything that this machine can run. `npm test -- --long`: the counts in full.
 * `npm test -- --screenshots` keeps what the browser showed under artifacts/e2e.
 * `npm run test:quick`: what needs neither a build nor MongoDB nor a browser, and no Payload for each file. What a run
 * leaves out is said in a line each at the end; of `npm test` with CI set that counts as failed, but for the counts. The
 * last line is the sum: `N passed, N failed`.
 */
const OURS = ['--quick', '--long', '--screenshots']
const isQuick = process.argv.includes('--quick')
const isLong = process.argv.includes('--long')
const keepsScreenshots = process.argv.includes('--screenshots')
const jestArguments = process.argv.slice(2).filter((argument) => !OURS.includes(argument))
const sum = { passed: 0, failed: 0 }
const notRun = []

const mongo = isQuick ? { missing: 'npm test' } : await provideMongo()
if ('missing' in mongo) notRun.push(`the tests on MongoDB. To enable them: ${mongo.missing}`)
else console.log(`MongoDB: ${mongo.kind}`)
const missingServers = missingMailServers()
if (missingServers) notRun.push(`the tests on real mail servers. To enable them: ${missingServers}`)
try {
  // While the first tests run. Else the first test that starts a server waits for it, longer than a test may take.
  const built = !isQuick && needsBuild() ? build() : true
  await runJest({ projects: ['unit', 'flow', 'contract', ...(isQuick ? [] : ['int'])] })
  if (isQuick) notRun.push('the integration, server, browser and crash tests. To enable them: npm test')
  else await runOnTheBuild({ isBuilt: await built })
} finally {
  if (!('missing' in mongo)) await mongo.stop()
}
if (!isLong) console.log('Not run: the long counts of seeds. To enable them: npm test -- --long')
console.log('Not run: the long counts of crashes. To enable them: npm run test:crash -- --long')
for (const what of notRun) console.log(`Not run: ${what}`)
if (process.env.CI && !isQuick) sum.failed += notRun.length
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1)

/** Against the production server. */
async function runOnTheBuild({ isBuilt }) {
  const hasBrowser = Boolean(findChromium())
  if (!isBuilt) return void (sum.failed += 1)
  // Three at a time on two cores: each has a server, a worker and mostly a browser of its own, and waits for them.
  // `crash` is the short form of `npm run test:crash`: real workers that are killed.
  await runJest({ projects: ['server', ...(hasBrowser ? ['e2e'] : []), 'crash'], workers: 3 })
  const missing = missingWebkit()
  if (missing) notRun.push(`the mails in WebKit. To enable them: ${missing}`)
  if (!hasBrowser)
    notRun.push('the browser tests. To enable them: install Chromium, or set CHROMIUM_PATH to one')
}

/** Who names files of other kinds only waits for no build. */
function needsBuild() {
  const files = jestArguments.filter((argument) => !argument.startsWith('-'))
  return files.length === 0 || files.some((file) => /server|e2e/.test(file))
}

async function build() {
  const script = join(import.meta.dirname, 'support/build.ts')
  const child = spawn(process.execPath, ['--conditions=production', 'src/cli/run.mjs', script], {
    stdio: 'inherit',
  })
  return (await new Promise((resolve) => child.on('exit', resolve))) === 0
}

/**
 * Runs some of jest's projects and adds to the sum. A file that does not even load counts as one failed.
 * @param workers at least three: while one waits for MongoDB, another works.
 */
async function runJest({ projects, workers = Math.max(3, availableParallelism()) }) {
  const directory = mkdtempSync(join(tmpdir(), 'utskick-jest-'))
  const report = join(directory, 'report.json')
  const jest = spawn(
    process.execPath,
    [
      createRequire(import.meta.url).resolve('jest/bin/jest'),
      ...['--selectProjects', ...projects],
      ...['--json', '--outputFile', report, '--passWithNoTests', `--maxWorkers=${workers}`],
      ...jestArguments,
    ],
    { env: testEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const code = await new Promise((resolve) => jest.on('exit', resolve))
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    const failed = numFailedTests + numRuntimeErrorTestSuites
    sum.passed += numPassedTests
    sum.failed += failed === 0 && code !== 0 ? 1 : failed
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Jest runs ES modules only with this switch (jestjs.io, "ECMAScript Modules"), and its workers need it too. */
function testEnvironment() {
  return {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
    ...(isLong && { UTSKICK_TEST_LONG: '1' }),
    ...(keepsScreenshots && { UTSKICK_TEST_SCREENSHOTS: '1' }),
    ...('missing' in mongo
      ? // Where everything must run, a run without MongoDB is refused; this one is meant so.
        isQuick && { CI: '' }
      : {
          UTSKICK_TEST_MONGODB_URL: mongo.url,
          UTSKICK_TEST_MONGODB_COMPATIBILITY: mongo.compatibility ?? '',
        }),
  }
}
