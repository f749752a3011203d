import { Buffer } from 'node:buffer'
import vm from 'node:vm'
import { LegacyFakeTimers, ModernFakeTimers } from '@jest/fake-timers'
import { ModuleMocker } from 'jest-mock'
import { installCommonGlobals } from 'jest-util'

/** What jest keeps of a running file, by the descriptions of its symbols. */
const OF_ONE_FILE = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES'])

/**
 * One global scope for all test files of a worker, so that sharedRuntime.mjs can keep the libraries that live in it.
 * After each file it is as before: the variables of the environment, the timers, the modes of new files, Payload's instances.
 *
 * Unlike jest-environment-node's, the scope is an ordinary one (nodejs.org/api/vm.html, DONT_CONTEXTIFY): there each
 * mention of `Object` or `Array` is a call into C++, which makes Payload several times slower.
 */
export default class SharedEnvironment {
  static shared

  constructor({ projectConfig }) {
    if (SharedEnvironment.shared) return SharedEnvironment.shared
    SharedEnvironment.shared = this
    this.context = vm.createContext(vm.constants.DONT_CONTEXTIFY)
    const global = vm.runInContext('this', this.context)
    this.global = global
    giveNodeGlobals(global)
    installCommonGlobals(global, projectConfig.globals, 'off')
    global.Error.stackTraceLimit = 100
    this.conditions = projectConfig.testEnvironmentOptions.customExportConditions
    this.moduleMocker = new ModuleMocker(global)
    this.fakeTimers = new LegacyFakeTimers({
      config: projectConfig,
      global,
      moduleMocker: this.moduleMocker,
      timerConfig: { idToRef: (id) => id, refToId: (timer) => timer },
    })
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global })
    this.variables = { ...global.process.env }
    this.exit = global.process.exit
    this.umask = process.umask()
  }

  async setup() {}

  async teardown() {
    const { global, variables, exit } = this
    this.fakeTimersModern.useRealTimers()
    global.process.exit = exit
    // A start of the product makes its own files private from then on.
    process.umask(this.umask)
    for (const name of Object.keys(global.process.env))
      if (!(name in variables)) delete global.process.env[name]
    Object.assign(global.process.env, variables)
    for (const symbol of Object.getOwnPropertySymbols(global))
      if (OF_ONE_FILE.has(symbol.description)) delete global[symbol]
    // Payload finds its instances, and what it made of their configuration, by these.
    global._payload?.clear()
    for (const name of Object.getOwnPropertyNames(global))
      if (name.startsWith('_payload_')) delete global[name]
  }

  exportConditions() {
    return this.conditions
  }

  getVmContext() {
    return this.context
  }
}

/** Node's own globals, which a new scope lacks: fetch, URL, timers, ... */
function giveNodeGlobals(global) {
  for (const name of Object.getOwnPropertyNames(globalThis))
    if (!Object.hasOwn(global, name)) Object.defineProperty(global, name, nodeGlobal(name))
  global.global = global
  // Node's modules make values of these, and tests compare them with their own.
  Object.assign(global, { Buffer, ArrayBuffer, Uint8Array })
}

/** Some of them Node loads when they are first asked for, and only for its own scope. */
const nodeGlobal = (name) => {
  const { enumerable, get, value } = Object.getOwnPropertyDescriptor(globalThis, name)
  const define = (scope, own) =>
    Object.defineProperty(scope, name, { configurable: true, enumerable, writable: true, value: own })
  if (!get) return { configurable: true, enumerable, writable: true, value }
  return {
    configurable: true,
    enumerable,
    get: () => globalThis[name],
    set(own) {
      define(this, own)
    },
  }
}
