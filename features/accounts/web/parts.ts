export { ClosedShops } from './closed-shops.tsx'
export { SendSnippets } from './send-snippets.tsx'
export { ShopBasics } from './shop-basics.tsx'
export { useFormAction } from './use-form-action.ts'
