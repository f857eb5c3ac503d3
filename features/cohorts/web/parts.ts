export { findMode, readSearch as readCohortsSearch, toQuery as toCohortsQuery } from './cohorts-search.ts'
