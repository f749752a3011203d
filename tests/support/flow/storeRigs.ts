import { testDatabases } from '../databases.ts'
import { databaseRigKind } from './databaseRig.ts'
import { memoryRigKind } from './memoryRig.ts'
import type { StoreRigKind } from './storeRig.ts'

/** Every store that this run has; each must pass the same suite. */
export const storeRigs = (): StoreRigKind[] => [memoryRigKind, ...testDatabases().map(databaseRigKind)]
