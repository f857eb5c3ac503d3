import { useCallback, useEffect, useRef, useState } from 'react'
import { uploadFile } from '../../../web/upload-file.ts'
import type { UploadedFile } from '../contract.ts'

/** One file on its way to the server. */
export interface Upload {
  key: string
  name: string
  bytes: number
  state: 'waiting' | 'sending' | 'sent' | 'failed'
  /** 0…1 */
  share: number
  /** The server's name for it, once it is there. */
  id?: string
  error?: unknown
}

export interface Uploads {
  items: Upload[]
  /** Ids of all files when every one has arrived, else null. */
  sent: string[] | null
  add(file: File): void
  remove(key: string): void
  retry(key: string): void
}

/** Sends files to `path` one after another, so that a phone's line isn't shared by eight of them. */
export function useUploads(path: string): Uploads {
  const [items, setItems] = useState<Upload[]>([])
  const files = useRef(new Map<string, File>())
  const aborts = useRef(new Map<string, AbortController>())
  const isSending = items.some(({ state }) => state === 'sending')
  const next = isSending ? undefined : items.find(({ state }) => state === 'waiting')?.key

  const change = useCallback(
    (key: string, part: Partial<Upload>) =>
      setItems((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one))),
    [],
  )

  useEffect(() => {
    const file = next === undefined ? undefined : files.current.get(next)
    if (next === undefined || !file) return
    const abort = new AbortController()
    aborts.current.set(next, abort)
    change(next, { state: 'sending', share: 0, error: undefined })
    uploadFile<UploadedFile>(path, file, {
      signal: abort.signal,
      onProgress: (share) => change(next, { share }),
    })
      .then(({ id }) => change(next, { state: 'sent', share: 1, id }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) change(next, { state: 'failed', error })
      })
  }, [next, path, change])

  // Leaving the page ends what is being sent.
  useEffect(() => {
    const running = aborts.current
    return () => {
      for (const abort of running.values()) abort.abort()
    }
  }, [])

  const isAllSent = items.length > 0 && items.every(({ state }) => state === 'sent')
  return {
    items,
    sent: isAllSent ? items.flatMap(({ id }) => id ?? []) : null,
    add(file) {
      const key = `${file.name} ${file.size} ${file.lastModified}`
      // The same file dropped twice is meant once.
      if (files.current.has(key)) return
      files.current.set(key, file)
      setItems((all) => [...all, { key, name: file.name, bytes: file.size, state: 'waiting', share: 0 }])
    },
    remove(key) {
      aborts.current.get(key)?.abort()
      files.current.delete(key)
      setItems((all) => all.filter((one) => one.key !== key))
    },
    retry: (key) => change(key, { state: 'waiting' }),
  }
}
