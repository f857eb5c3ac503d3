import { type KeyboardEvent, useState } from 'react'

const MAX_STEPS = 100

interface History<T> {
  past: readonly T[]
  value: T
  /** What the latest change was about: letters typed into one field are taken back together. */
  step: string | undefined
}

/** A value whose changes can be taken back, by `undo` or by Ctrl+Z outside of text fields. */
export function useHistory<T>(first: T) {
  const [{ past, value }, set] = useState<History<T>>({ past: [], value: first, step: undefined })
  const change = (next: T, step?: string) =>
    set((now) =>
      step !== undefined && step === now.step
        ? { ...now, value: next }
        : { past: [...now.past, now.value].slice(-MAX_STEPS), value: next, step },
    )
  const undo = () =>
    set((now) => {
      const before = now.past.at(-1)
      return before === undefined ? now : { past: now.past.slice(0, -1), value: before, step: undefined }
    })
  const onKeyDown = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === 'KeyZ'
    // In a text field the browser's own undo is meant.
    if (!isUndo || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    undo()
  }
  return { value, change, undo, canUndo: past.length > 0, onKeyDown }
}
