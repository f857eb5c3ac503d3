import { useState } from 'react'

/** Runs something that takes a while: whether it runs, what went wrong. A second click meanwhile does nothing. */
export function useAction<Arguments extends unknown[]>(action: (...given: Arguments) => unknown) {
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<unknown>(null)
  /** Resolves to true when it went well. */
  const run = async (...given: Arguments): Promise<boolean> => {
    if (isRunning) return false
    setRunning(true)
    setError(null)
    try {
      await action(...given)
      return true
    } catch (failure) {
      setError(failure)
      return false
    } finally {
      setRunning(false)
    }
  }
  return { run, isRunning, error, forget: () => setError(null) }
}
