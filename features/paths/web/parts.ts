export { readSearch as readPathsSearch, toQuery as toPathsQuery } from './paths-search.ts'
export { useNodeNames } from './use-node-names.ts'
