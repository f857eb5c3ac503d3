/** The same function, except that what it throws stays here: a shop's page must work whatever happens to its tracker. */
export function guard<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R | undefined {
  return (...args) => {
    try {
      return work(...args)
    } catch {}
  }
}

/**
 * Listens at the window while events come down to their place: so it hears what a page stops from coming up again,
 * what never comes up (scroll, focus), and what happens to the document.
 */
export function on<E extends Event>(names: string, listener: (event: E) => void): void {
  for (const name of names.split(' ')) addEventListener(name, guard(listener) as EventListener, true)
}
