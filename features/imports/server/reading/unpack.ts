import { pipeline, Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { AppError } from '../../../../kernel/errors.ts'

/** Text packs to a tenth or a thirtieth. What unpacks to 250 times its size is made to fill a disk. */
const MAX_RATIO = 250
const FREE_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 256 * 1024

export function isPacked(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b
}

/**
 * Unpacks gzip. Fails with `too_large` for a bomb and `unprocessable` for damaged data. A file that ends in its
 * middle gives all that it holds and then sets `isCut`: by default zlib would throw the last rows away with its error.
 */
export async function* unpack(
  packed: AsyncIterable<Buffer>,
  progress: { isCut: boolean },
): AsyncGenerator<Buffer> {
  let bytesIn = 0
  let bytesOut = 0
  let tail = Buffer.alloc(0)
  async function* count(): AsyncGenerator<Buffer> {
    for await (const chunk of packed) {
      bytesIn += chunk.length
      tail = Buffer.concat([tail, chunk.subarray(-4)]).subarray(-4)
      yield chunk
    }
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH })
  // An error of either stream reaches the loop below, because pipeline destroys the unpacker with it.
  pipeline(Readable.from(count(), { objectMode: true, highWaterMark: 1 }), gunzip, () => {})
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      bytesOut += chunk.length
      if (bytesOut > FREE_BYTES && bytesOut > bytesIn * MAX_RATIO) throw createBombError()
      yield chunk
    }
  } catch (error) {
    throw isZlibError(error) ? createDamageError(error) : error
  }
  // The last four bytes hold the unpacked size. Only the last member's, so the reader also asks for a cut line.
  progress.isCut = tail.length < 4 || tail.readUInt32LE(0) !== bytesOut % 2 ** 32
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

function createDamageError(cause: Error): AppError {
  return new AppError('unprocessable', 'The packed file is damaged. Pack it again, or import it unpacked.', {
    cause,
  })
}

function createBombError(): AppError {
  return new AppError(
    'too_large',
    'The packed file unpacks to more than 250 times its size. If that is right, import it unpacked.',
  )
}
