const BASIC = /^Basic +([A-Za-z0-9+/=_-]+)$/i

/** The write key of `Authorization: Basic base64("key:")`; undefined when there is none. */
export function readWriteKey(authorization: string | undefined): string | undefined {
  const encoded = authorization === undefined ? undefined : BASIC.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  const key = colon < 0 ? pair : pair.slice(0, colon)
  return key === '' ? undefined : key
}
