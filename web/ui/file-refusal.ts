/** Why a file can't be taken, if so. */
export function findRefusal(
  file: { name: string; size: number },
  accept: readonly string[],
  maxBytes = Number.POSITIVE_INFINITY,
): 'empty' | 'tooLarge' | 'wrongKind' | undefined {
  const name = file.name.toLowerCase()
  if (!accept.some((ending) => name.endsWith(ending))) return 'wrongKind'
  if (file.size === 0) return 'empty'
  return file.size > maxBytes ? 'tooLarge' : undefined
}
