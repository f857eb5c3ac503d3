import { useEffect, useLayoutEffect, useRef, useState } from 'react'

/**
 * For a button whose menu or popover is fetched when somebody reaches for it: most pages are read and left without
 * one being opened, and making them costs a slow processor more than the rest of the page. Give `reach` to the plain
 * button; when `isWanted`, show the whole thing in its place, which opens by `useOpening`.
 */
export function useOnDemand(load: () => Promise<unknown>) {
  const [isWanted, setWanted] = useState(false)
  const fetchSoon = () => void load().catch(() => undefined)
  return {
    isWanted,
    reach: { onPointerEnter: fetchSoon, onFocus: fetchSoon, onClick: () => setWanted(true) },
  }
}

/** Takes the focus over from the plain button that was clicked, and opens. */
export function useOpening<Target extends HTMLElement>() {
  const [isOpen, setOpen] = useState(false)
  const target = useRef<Target>(null)
  useLayoutEffect(() => target.current?.focus({ preventScroll: true }), [])
  // After the first render, so that closing knows where the focus came from.
  useEffect(() => setOpen(true), [])
  return { isOpen, setOpen, target }
}
