import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api, type Query } from './api-client.ts'

/** What the server answers for every list. */
export type CursorPage<Item> = { items: Item[]; nextCursor: string | null }

/** A list as a screen sees it; `DataTable` shows one in every state. */
export type ListState<Item> = {
  status: 'loading' | 'ready' | 'failed'
  items: Item[]
  error: unknown
  /** True while the items still answer the previous question (a letter was just typed in the search). */
  isOutdated: boolean
  hasMore: boolean
  isLoadingMore: boolean
  /** Why the next page didn't come, while the pages before it are shown. */
  moreError: unknown
  loadMore: () => void
  retry: () => void
}

/** A list paged by cursor: `useCursorList<Order>('/shops/1/orders', {state: 'refused'})`. */
export function useCursorList<Item>(path: string, query: Query = {}): ListState<Item> {
  const list = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<CursorPage<Item>>(path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return {
    status: list.data ? 'ready' : list.isError ? 'failed' : 'loading',
    items: list.data?.pages.flatMap((page) => page.items) ?? [],
    error: list.error,
    isOutdated: list.isPlaceholderData,
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    moreError: list.isFetchNextPageError ? list.error : null,
    loadMore: () => void list.fetchNextPage(),
    retry: () => void list.refetch(),
  }
}

/** A list that is already whole, in the same shape. */
export function wholeList<Item>(items: Item[]): ListState<Item> {
  return {
    status: 'ready',
    items,
    error: null,
    isOutdated: false,
    hasMore: false,
    isLoadingMore: false,
    moreError: null,
    loadMore: () => undefined,
    retry: () => undefined,
  }
}

/** An ordinary query whose data is `{items}`, in the same shape, for short lists without pages. */
export function listOf<Item>(query: {
  data?: { items: Item[] } | undefined
  error: unknown
  isError: boolean
  refetch: () => unknown
}): ListState<Item> {
  const status = query.data ? 'ready' : query.isError ? 'failed' : 'loading'
  const retry = () => void query.refetch()
  return { ...wholeList(query.data?.items ?? []), status, error: query.error, retry }
}
