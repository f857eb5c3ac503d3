import { apiUrl, type Query } from './api-client.ts'
import { ApiError, readError } from './api-error.ts'

export type UploadOptions = { query?: Query; signal?: AbortSignal; onProgress?: (share: number) => void }

/**
 * Sends a file as the body of a POST; its name goes as `?name=`. `fetch` can't say how much has been sent, and a
 * large export takes minutes, hence XMLHttpRequest. Fails with `ApiError`, or `AbortError` when the signal fires.
 */
export function uploadFile<T>(path: string, file: File, options: UploadOptions = {}): Promise<T> {
  const { query, signal, onProgress } = options
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', apiUrl(path, { name: file.name, ...query }))
    request.setRequestHeader('x-tropa-request', '1')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => onProgress?.(event.total > 0 ? event.loaded / event.total : 0)
    request.onerror = () =>
      reject(new ApiError('unreachable', 'The connection broke while the file was being sent.'))
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status < 300) resolve(body as T)
      else reject(readError(request.status, body, request.getResponseHeader('retry-after')))
    }
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    if (signal?.aborted) reject(new DOMException('The upload was cancelled.', 'AbortError'))
    else request.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
