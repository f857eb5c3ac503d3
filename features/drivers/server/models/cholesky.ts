/** A symmetric matrix, whole, by rows. */
export type SquareMatrix = Float64Array

export interface Factor {
  size: number
  /** L with L Lᵀ = A, lower triangle by rows. */
  lower: Float64Array
}

/**
 * Factors a positive definite matrix, or tells the first row that the rows before it determine: what is left of its
 * diagonal is below `tolerance` of what it was.
 */
export function factorise(
  matrix: SquareMatrix,
  size: number,
  tolerance: number,
): Factor | { dependent: number } {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] as number) * (lower[j * size + k] as number)
      if (i !== j) lower[i * size + j] = sum / (lower[j * size + j] as number)
      else if (!(sum > tolerance * (matrix[i * size + i] as number))) return { dependent: i }
      else lower[i * size + i] = Math.sqrt(sum)
    }
  }
  return { size, lower }
}

/** y with L y = b. */
export function solveLower({ size, lower }: Factor, b: ArrayLike<number>): Float64Array {
  const y = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    let sum = b[i] as number
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] as number) * (y[k] as number)
    y[i] = sum / (lower[i * size + i] as number)
  }
  return y
}

/** x with A x = b. */
export function solve(factor: Factor, b: ArrayLike<number>): Float64Array {
  const { size, lower } = factor
  const x = solveLower(factor, b)
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] as number) * (x[k] as number)
    x[i] = sum / (lower[i * size + i] as number)
  }
  return x
}

export function invert(factor: Factor): SquareMatrix {
  const { size } = factor
  const inverse = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size)
    unit[j] = 1
    inverse.set(solve(factor, unit), j * size)
  }
  return inverse
}

/** A B A for symmetric matrices: the sandwich of robust covariances. */
export function sandwich(bread: SquareMatrix, meat: SquareMatrix, size: number): SquareMatrix {
  return multiply(multiply(bread, meat, size), bread, size)
}

function multiply(a: SquareMatrix, b: SquareMatrix, size: number): SquareMatrix {
  const product = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] as number
      for (let j = 0; j < size; j++) {
        product[i * size + j] = (product[i * size + j] as number) + factor * (b[k * size + j] as number)
      }
    }
  }
  return product
}
