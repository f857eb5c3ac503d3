export { judgeAnswering, toneOf } from './arrange.ts'
export { readDriversSearch, toDriversQuery } from './drivers-search.ts'
export { useAnsweringWords } from './use-answering-words.ts'
export { useDriverFigures, useDriverNames } from './use-driver-words.ts'
