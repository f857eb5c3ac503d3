export { SendSnippets } from './send-snippets.tsx'
