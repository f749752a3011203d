import { jest } from '@jest/globals'

/** A database may be slow to start on a busy machine, and the production server may have to be built first. */
jest.setTimeout(240_000)
