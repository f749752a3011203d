import type { PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { isForwarded, peerOf } from '../limits/peerHeader.ts'
import { isLocalCall } from './isLocalCall.ts'

/** Whether the first registration asks this caller for the code. */
export const needsSetupCode = ({ payload, headers }: Pick<PayloadRequest, 'payload' | 'headers'>): boolean =>
  !isLocalCall({
    serverUrl: depsOf(payload).env.serverUrl,
    host: headers.get('host'),
    origin: headers.get('origin'),
    fetchSite: headers.get('sec-fetch-site'),
    peer: peerOf(headers),
    isForwarded: isForwarded(headers),
  })
