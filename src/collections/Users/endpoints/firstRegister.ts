import {
  addDataAndFileToRequest,
  headersWithCors,
  registerFirstUserOperation,
  type Endpoint,
  type PayloadRequest,
} from 'payload'
import { generatePayloadCookie } from 'payload/shared'
import { takeSetupCode } from '../../../accounts/attempts.ts'
import { needsSetupCode } from '../../../accounts/needsSetupCode.ts'
import { refuseField } from '../../../accounts/refusals.ts'
import { hasUsers, isSetupCode } from '../../../accounts/setupCode.ts'
import { accountText, en, sv } from '../../../accounts/text.ts'
import { refusal } from '../../../refusals/refusal.ts'
import { isSeatTaken, registerAsFirst } from '../hooks/makeFirstUserAdmin.ts'

/**
 * `POST /api/users/first-register` {email, password, name, setupCode?} -> 200 {user, token, exp, message} and a session, in
 * place of Payload's own: it asks whoever is not at this machine for the setup code, and of several at once one becomes
 * the first user. 400 names the field, 403 when there is a user, 429.
 */
export const firstRegisterEndpoint: Endpoint = { path: '/first-register', method: 'post', handler: register }

async function register(req: PayloadRequest): Promise<Response> {
  await addDataAndFileToRequest(req)
  if (await hasUsers(req.payload)) throw refuseSecond(req)
  const { email, password, name, setupCode } = req.data ?? {}
  await requireSetupCode(req, setupCode)
  registerAsFirst(req)
  const collection = req.payload.collections.users
  const { exp, token, user } = await registerFirstUserOperation({
    collection,
    data: { email: textOf(email), password: textOf(password), name, role: 'admin' },
    req,
  }).catch((error: unknown) => {
    throw isSeatTaken(error) ? refuseSecond(req) : error
  })
  const cookie = generatePayloadCookie({
    collectionAuthConfig: collection.config.auth,
    cookiePrefix: req.payload.config.cookiePrefix,
    token: token ?? '',
  })
  return Response.json(
    { exp, message: req.t('authentication:successfullyRegisteredFirstUser'), token, user },
    { headers: headersWithCors({ headers: new Headers({ 'Set-Cookie': cookie }), req }) },
  )
}

/** @throws ValidationError 400, APIError 429 */
async function requireSetupCode(req: PayloadRequest, code: unknown): Promise<void> {
  if (!needsSetupCode(req)) return
  const { missing, wrong } = accountText(req).setupCode
  if (typeof code !== 'string' || code.trim() === '')
    throw refuseField({ req, code: 'setup_code_missing', field: 'setupCode', message: missing })
  const attempt = await takeSetupCode(req)
  if (!(await isSetupCode(req.payload, code)))
    throw refuseField({ req, code: 'setup_code_wrong', field: 'setupCode', message: wrong })
  await attempt.succeeded()
}

const refuseSecond = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'user_exists',
    status: 403,
    text: { sv: sv.setupCode.exists, en: en.setupCode.exists },
  })

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
