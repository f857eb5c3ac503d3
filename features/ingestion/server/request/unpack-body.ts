import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '../../../../kernel/errors.ts'

/** Segment's bound of a request, before and after unpacking. */
export const MAX_REQUEST_BYTES = 500 * 1024

const gunzipAsync = promisify(gunzip)

/** The bytes that were meant, within the bound whatever a compressed body unfolds to. */
export async function unpackBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return body
  if (encoding !== 'gzip')
    throw new AppError(
      'unsupported',
      `Content-Encoding "${encoding}" is not understood: send gzip or nothing.`,
    )
  try {
    return await gunzipAsync(body, { maxOutputLength: MAX_REQUEST_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new AppError('bad_request', 'The body says it is gzip and is not, or its end is missing.', {
      cause: error,
    })
  }
}

export function tooLarge(): AppError {
  return new AppError('too_large', 'A request has at most 500 KB: send fewer events at a time.')
}
