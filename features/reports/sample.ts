import { Z_95 } from '../../kernel/stats/wilson.ts'

export interface SampleWords {
  /** By what a count of the sample is multiplied to estimate the whole. */
  times: number
  /** How far off that may be, relative, 95 %; null where the number counted isn't known. */
  error: number | null
}

/**
 * What a sample of persons does to counts. Each person is in it with the chance `share`, so `n` of them stand for
 * n / share, with a relative standard error of √((1 − share) / n): that of a binomial count. Shares and means need no
 * correction: the intervals are computed from the sample's own n.
 */
export function describeSample(share: number, n: number | null): SampleWords {
  return { times: 1 / share, error: n === null || n <= 0 ? null : Z_95 * Math.sqrt((1 - share) / n) }
}
