import { useRouter } from '@tanstack/react-router'
import { isRoute } from './recipes.ts'

/** Whether the application has a page at a path below the shop's address. */
export function useHasPage(): (path: string) => boolean {
  const routes = Object.keys(useRouter().routesByPath)
  return (path) => routes.some((route) => isRoute(route, path))
}
