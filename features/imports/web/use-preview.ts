import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../web/api-client.ts'
import type { ImportPreview, PresetKey, PreviewRequest, TableMapping } from '../contract.ts'
import { importPaths } from './imports-api.ts'

/** What the member has decided so far; whatever is missing is guessed by the server. */
export interface Draft {
  preset?: PresetKey
  timeZone?: string
  mapping?: TableMapping
}

/** The server's reading of the files under the member's decisions, asked again after each of them. */
export function usePreview(shop: number, files: string[] | null) {
  const [draft, setDraft] = useState<Draft>({})
  const query = useQuery({
    queryKey: ['import-preview', shop, files, draft],
    queryFn: ({ signal }) =>
      api.post<ImportPreview>(importPaths(shop).preview, {
        body: { files: files ?? [], ...draft } satisfies PreviewRequest,
        signal,
      }),
    enabled: files !== null,
    // While the new answer is on its way the old one stays, or every choice would make the page jump.
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const preview = files === null ? undefined : query.data
  const mapping = draft.mapping ?? preview?.mapping ?? null
  return {
    preview,
    mapping,
    timeZone: draft.timeZone ?? preview?.timeZone,
    isAsking: query.isFetching,
    isOutdated: query.isPlaceholderData,
    error: query.isPlaceholderData || files === null ? null : query.error,
    retry: () => void query.refetch(),
    /** Columns of one kind of table mean nothing to another, so what was mapped is forgotten. */
    choosePreset: (preset: PresetKey) => setDraft(({ timeZone }) => ({ preset, timeZone })),
    chooseZone: (timeZone: string) => setDraft((before) => ({ ...before, timeZone })),
    changeMapping: (part: Partial<TableMapping>) =>
      setDraft((before) => ({ ...before, mapping: { ...(mapping ?? { fields: {} }), ...part } })),
    /** Other files, other columns. */
    forget: () => setDraft({}),
  }
}

export type Preview = ReturnType<typeof usePreview>
