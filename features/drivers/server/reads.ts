/** The door to the room's linear algebra: what other reports fit their models with. */
export { factorise, invert, type SquareMatrix, solve } from './models/cholesky.ts'
export { findRobustCovariance } from './models/covariance.ts'
export { combine, projectOn, weighProducts } from './models/design.ts'
export { TOLERANCE } from './models/refuse.ts'
