/** Where the set-up of the browser tests has built the pages. */
export function getWebRoot(): string {
  const root = process.env.TROPA_TEST_WEB
  if (!root) throw new Error('Run browser tests through vitest: their set-up builds the pages.')
  return root
}
