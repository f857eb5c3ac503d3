export interface Coefficient {
  name: string
  estimate: number
  /** The 95 % interval. */
  low: number
  high: number
  /** Two-sided, of no effect. */
  p: number
}

export interface Fit {
  coefficients: Coefficient[]
  /** Gaussian: R². Binomial: McFadden's 1 − ln L / ln L₀. */
  r2: number
  /** What a reader must know about how it was fitted. */
  remarks: string[]
}

/** How errors are thought of: alike in all rows, of different size in each, or going together within clusters. */
export type Errors = 'classical' | 'robust' | 'clustered'

export const INTERCEPT = '(Intercept)'
