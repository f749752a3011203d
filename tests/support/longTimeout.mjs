import { jest } from '@jest/globals'

/**
 * A database may be slow to start on a busy machine, hundreds of seeds take a while there, and a production server may have
 * to be built first.
 */
jest.setTimeout(240_000)
