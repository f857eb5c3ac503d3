import { isApiError } from '../api-error.ts'
import { useTranslation } from '../use-translation.ts'

/** Codes whose cause lies in what was sent: the server's own sentence then says more than ours could. */
const said = new Set(['bad_request', 'validation_failed', 'conflict', 'gone', 'unprocessable', 'unsupported'])

export type ErrorWords = {
  /** Why it failed. */
  why: string
  /** What to do now. */
  what: string
  /** The server's sentence, where it adds something. English. */
  detail: string | undefined
}

/** An error in the member's words. Something that isn't an answer of the server is a mistake of the page itself. */
export function useErrorWords(error: unknown): ErrorWords {
  const { t, i18n } = useTranslation('errors')
  const code = isApiError(error) ? error.code : 'page_broke'
  const known = i18n.exists(`errors:${code}.why`) ? code : 'internal'
  return {
    why: t(`${known}.why`),
    what: t(`${known}.what`),
    detail: error instanceof Error && (said.has(code) || code === 'page_broke') ? error.message : undefined,
  }
}
