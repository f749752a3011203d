/** One project per kind of test; `npm test` (tests/run.mjs) chooses among them by what this machine has. */
const project = (displayName, folder, more = {}) => ({
  displayName,
  testMatch: [`<rootDir>/tests/${folder}/**/*.test.{ts,tsx}`],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: { '^@payload-config$': '<rootDir>/payload.config.ts' },
  testEnvironment: '<rootDir>/tests/support/jest/sharedEnvironment.mjs',
  runtime: '<rootDir>/tests/support/jest/sharedRuntime.mjs',
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'production'] },
  modulePathIgnorePatterns: ['<rootDir>/.next/', '<rootDir>/.programs/', '<rootDir>/data/'],
  ...more,
})

const PATIENT = '<rootDir>/tests/support/longTimeout.mjs'
const patient = { setupFilesAfterEnv: [PATIENT] }
const inProcess = { setupFilesAfterEnv: [PATIENT, '<rootDir>/tests/support/jest/quickPasswords.mjs'] }

export default {
  // Every file loads Payload anew, and modules that were loaded as ES modules are never let go of.
  workerIdleMemoryLimit: '1GB',
  projects: [
    project('unit', 'unit', patient),
    project('flow', 'flow', inProcess),
    project('contract', 'contract', inProcess),
    project('int', 'int', inProcess),
    project('server', 'server', patient),
    project('e2e', 'e2e', patient),
    project('crash', 'crash', patient),
  ],
}
