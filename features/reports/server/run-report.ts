import { AppError, isAppError } from '../../../kernel/errors.ts'
import type { QueryOptions } from '../../../platform/clickhouse.ts'
import type { Deps } from '../../../platform/room.ts'
import type { Query } from './summary-query.ts'

/** What is offered first in the place of a report that can't be made. */
const USUAL_SAMPLE = 0.1
/** Below it there would be nothing left to offer. */
const MIN_OFFER = 0.001

/**
 * Runs a report's statement in the slot for heavy ones. Too much memory or time fails with `report_too_heavy`, whose
 * details say which sample to try.
 */
export async function runReport<Row>(
  { clickhouse }: Pick<Deps, 'clickhouse'>,
  { sql, params }: Query,
  signal?: AbortSignal,
  settings?: QueryOptions['settings'],
): Promise<Row[]> {
  try {
    return await clickhouse.query<Row>(sql, {
      params,
      kind: 'report',
      ...(signal && { signal }),
      ...(settings && { settings }),
    })
  } catch (error) {
    throw offerSample(error, undefined)
  }
}

/** The same error with the offer that suits the sample already asked for: a tenth of it; none once that is too few. */
export function offerSample(error: unknown, asked: number | undefined): unknown {
  if (!isAppError(error) || error.code !== 'report_too_heavy') return error
  const sample = asked === undefined ? USUAL_SAMPLE : asked / 10
  const details = sample >= MIN_OFFER ? { sample: Number(sample.toPrecision(2)) } : undefined
  return new AppError('report_too_heavy', error.message, { details, cause: error })
}
