export { ClosedShops } from './closed-shops.tsx'
export { SendSnippets } from './send-snippets.tsx'
