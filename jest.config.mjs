/** One project per kind of test; `npm test` (tests/run.mjs) chooses among them by what this machine has. */
const project = (displayName, folders) => ({
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/tests/${folder}/**/*.test.{ts,tsx}`),
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
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'production'] },
  modulePathIgnorePatterns: ['<rootDir>/.next/', '<rootDir>/data/'],
})

export default {
  projects: [
    project('unit', ['unit']),
    project('flow', ['flow']),
    project('contract', ['contract']),
    project('int', ['int']),
    project('server', ['server']),
    project('e2e', ['e2e']),
  ],
}
