import Runtime from 'jest-runtime'

/** The libraries that are loaded, for all test files of this worker: ES modules by address, others by path. */
const libraries = { esModuleRegistry: new Map(), moduleRegistry: new Map() }

/**
 * Jest loads every module again for every test file, and to load Payload takes seconds. Here a worker loads a library
 * once; the modules of this project are loaded for each file, so that none sees what another left in them.
 * Needs sharedEnvironment.mjs: a library lives in one global scope.
 */
export default class SharedRuntime extends Runtime {
  constructor(...args) {
    super(...args)
    Object.assign(this.registries, libraries)
  }

  teardown() {
    for (const registry of Object.values(libraries))
      for (const [key, module] of registry) if (!isLibrary(key, module)) registry.delete(key)
    Object.assign(this.registries, { esModuleRegistry: new Map(), moduleRegistry: new Map() })
    super.teardown()
    // A library that this file was the first to load may load more of itself later.
    Object.assign(this.registries, libraries)
    this.testState.enterTestCode()
  }
}

const isLibrary = (key, module) =>
  (key.includes('/node_modules/') || key.startsWith('node:')) &&
  !key.startsWith('@jest/globals/') &&
  (module.status === undefined || module.status === 'evaluated')

/** Jest requires this module, and looks for what Babel would have written. */
export const __esModule = true
