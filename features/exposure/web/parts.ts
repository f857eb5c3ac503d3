export { readExposureSearch, toExposureQuery } from './exposure-search.ts'
