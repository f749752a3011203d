import type { Answer } from '../model.ts'

/** An error as Resend's API words it. */
export const apiError = ({
  status,
  name,
  message,
  headers = {},
}: {
  status: number
  name: string
  message?: string | undefined
  headers?: Record<string, string> | undefined
}): Answer => ({
  status,
  headers,
  body: { statusCode: status, name, message: message ?? MESSAGES[name] ?? name },
})

/** https://resend.com/docs/api-reference/errors */
const MESSAGES: Record<string, string> = {
  missing_api_key: 'Missing API key in the authorization header.',
  invalid_api_key: 'API key is invalid.',
  invalid_idempotency_key: 'The key must be between 1-256 chars.',
  invalid_idempotent_request: 'Same idempotency key used with a different request payload.',
  concurrent_idempotent_requests: 'Same idempotency key used while original request is still in progress.',
  rate_limit_exceeded: 'Too many requests. Please limit the number of requests per second.',
  daily_quota_exceeded: 'You have reached your daily email sending quota.',
  monthly_quota_exceeded: 'You have reached your monthly email sending quota.',
  service_unavailable: 'The service is not available.',
  not_found: 'The requested endpoint does not exist.',
  method_not_allowed: 'Method is not allowed for the requested path.',
  internal_server_error: 'An unexpected error occurred.',
}
