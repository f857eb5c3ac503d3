export { readSearch as readConformanceSearch, toQuery as toConformanceQuery } from './conformance-search.ts'
