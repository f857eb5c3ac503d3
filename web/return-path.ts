/** Where to go after signing in. Only a path of this very site is followed, so that a crafted link can't lead away. */
export function safeReturnPath(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/') || path.startsWith('/sign-in')) return '/'
  const base = 'http://here.invalid'
  const url = URL.canParse(path, base) ? new URL(path, base) : undefined
  // "/..//evil.example" resolves to a path that a browser would again read as another host.
  if (url?.origin !== base || url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search + url.hash
}
