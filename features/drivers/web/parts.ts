export { toneOf } from './arrange.ts'
export { readDriversSearch, toDriversQuery } from './drivers-search.ts'
export { useDriverFigures, useDriverNames } from './use-driver-words.ts'
