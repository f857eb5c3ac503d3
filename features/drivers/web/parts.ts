export { toneOf } from './arrange.ts'
export { useDriverFigures, useDriverNames } from './use-driver-words.ts'
