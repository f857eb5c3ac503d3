import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from '../use-translation.ts'
import { KeyHint } from './key-hint.tsx'
import classes from './search-field.module.css'

export type SearchFieldProps = {
  label: string
  placeholder?: string
  value: string
  /** Called when typing pauses, at once on Enter and on clearing. */
  onChange: (value: string) => void
  pauseMs?: number
}

/** Searches while one types, without asking the server at every letter. The key `/` leads here from anywhere. */
export function SearchField({ label, placeholder, value, onChange, pauseMs = 250 }: SearchFieldProps) {
  const { t } = useTranslation('ui')
  const input = useFocusBySlash()
  const [typed, setTyped] = useState(value)
  const change = useEffectEvent(onChange)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => change(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, value, pauseMs])
  const setAtOnce = (text: string) => {
    setTyped(text)
    onChange(text)
  }
  return (
    <TextInput
      ref={input}
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder ?? label}
      value={typed}
      className={classes.search}
      leftSection={<IconSearch size={17} stroke={1.7} />}
      rightSectionPointerEvents="all"
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => setAtOnce('')} />
        ) : (
          <KeyHint>/</KeyHint>
        )
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') setAtOnce(typed)
        if (event.key === 'Escape' && typed) setAtOnce('')
      }}
    />
  )
}

function useFocusBySlash() {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // By position too: on a Cyrillic layout the same key gives a dot.
      const isSlash = event.key === '/' || (event.code === 'Slash' && !event.shiftKey)
      if (!isSlash || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return input
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
