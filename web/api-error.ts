import type { ErrorCode } from '../kernel/errors.ts'

/** The server's codes, and two that only a client can meet: no answer at all, and an answer that isn't ours. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'bad_answer'

export class ApiError extends Error {
  readonly code: ApiErrorCode
  /** 0 when nothing answered. */
  readonly status: number
  readonly details: unknown
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    options: { status?: number; details?: unknown; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ApiError'
    this.code = code
    this.status = options.status ?? 0
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError

/** Worth asking again without the person doing anything: the way was closed, not the request wrong. */
export function isPassing(error: unknown): boolean {
  return isApiError(error) && (error.code === 'unreachable' || error.code === 'store_away')
}

type ErrorBody = { error: { code: ErrorCode; message: string; details?: unknown } }

/** Reads `{error: {code, message, details?}}`; anything else (a proxy's page, an empty body) becomes `bad_answer`. */
export function readError(status: number, body: unknown, retryAfter: string | null): ApiError {
  const found = (body as Partial<ErrorBody> | null | undefined)?.error
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter)
  const retryAfterSeconds = Number.isFinite(seconds) ? seconds : undefined
  if (typeof found?.code === 'string' && typeof found.message === 'string')
    return new ApiError(found.code, found.message, { status, details: found.details, retryAfterSeconds })
  if (status === 502 || status === 503 || status === 504)
    return new ApiError('unreachable', `The server answered ${status}.`, { status, retryAfterSeconds })
  return new ApiError('bad_answer', `The server answered ${status} without saying why.`, { status })
}

/** One complaint of the server's validation: which field, and which rule it breaks. */
export type FieldIssue = { field: string; rule: string; limit?: number }

type Validation = { instancePath?: unknown; keyword?: unknown; params?: Record<string, unknown> }

/** The fields that the server found wrong, from the details of a `validation_failed` answer. */
export function fieldIssuesOf(error: unknown): FieldIssue[] {
  if (!isApiError(error) || !Array.isArray(error.details)) return []
  return (error.details as Validation[]).flatMap(({ instancePath, keyword, params }) => {
    if (typeof instancePath !== 'string' || typeof keyword !== 'string') return []
    const path = instancePath.split('/').filter(Boolean).join('.')
    const limit = typeof params?.limit === 'number' ? params.limit : undefined
    return namesOf(params).map((name) => ({
      field: [path, name].filter(Boolean).join('.'),
      rule: keyword,
      limit,
    }))
  })
}

/** A missing property is reported on the object that lacks it; the field is then in the parameters. */
function namesOf(params: Record<string, unknown> | undefined): string[] {
  if (Array.isArray(params?.requiredProperties)) return params.requiredProperties.map(String)
  return [typeof params?.missingProperty === 'string' ? params.missingProperty : '']
}
