export { formatSpan } from './format-span.ts'
