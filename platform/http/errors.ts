import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { AppError, type ErrorCode, errorStatus, isAppError } from '../../kernel/errors.ts'
import { isClickhouseAway } from '../clickhouse.ts'
import { isPostgresAway } from '../postgres.ts'

export const ErrorBody = Type.Object({
  error: Type.Object({ code: Type.String(), message: Type.String(), details: Type.Optional(Type.Unknown()) }),
})
export type ErrorBody = Static<typeof ErrorBody>

/** The one handler: every failure leaves in the same shape, and only what nobody foresaw is logged as an error. */
export function handleError(
  error: FastifyError | AppError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = toAppError(error)
  if (known.code === 'internal')
    request.log.error({ err: error, url: request.routeOptions.url }, 'a request failed')
  else if (known.code === 'store_away') request.log.warn({ err: error }, 'a store is away')
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds)
  const body: ErrorBody = { error: { code: known.code, message: known.message } }
  if (known.details !== undefined) body.error.details = known.details
  reply.code(known.status).send(body)
}

function toAppError(error: FastifyError | AppError | Error): AppError {
  if (isAppError(error)) return error
  const { validation, statusCode } = error as FastifyError
  if (validation)
    return new AppError('validation_failed', sentenceOf(error as FastifyError), { details: validation })
  if (isUnstorableText(error))
    return new AppError('bad_request', 'A text holds a character that is none (NUL). Write it anew.')
  if (isPostgresAway(error))
    return new AppError('store_away', 'PostgreSQL is away; try again in a moment.', {
      retryAfterSeconds: 2,
      cause: error,
    })
  if (statusCode !== undefined && statusCode < 500) return new AppError(codeOf(statusCode), error.message)
  if (
    isClickhouseAway(error) &&
    /ECONN|socket|Timeout|EPIPE/.test(String((error as { code?: string }).code ?? error.message))
  )
    return new AppError('store_away', 'The event store is away; try again in a moment.', {
      retryAfterSeconds: 2,
      cause: error,
    })
  return new AppError('internal', 'Something went wrong here. It has been noted in the log.', {
    cause: error,
  })
}

/** PostgreSQL takes no NUL, neither in texts nor in JSON (its codes 22021 and 22P05). */
function isUnstorableText(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as { code?: unknown }
    if (code === '22021' || code === '22P05') return true
  }
  return false
}

function sentenceOf(error: FastifyError): string {
  const first = error.validation?.[0]
  const where = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`
  return `${where} ${first?.message ?? 'is not valid'}.`
}

function codeOf(status: number): ErrorCode {
  const found = Object.entries(errorStatus).find(([, value]) => value === status)
  return (found?.[0] as ErrorCode | undefined) ?? 'bad_request'
}
