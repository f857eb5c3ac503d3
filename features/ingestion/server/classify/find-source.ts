import { SOURCE_NAMES, SOURCES, type SourceKind } from './sources.ts'

interface SourceEntry {
  kind?: SourceKind
  /** A search engine's subdomains are other services, see sources.ts. */
  exact: boolean
  paths: Array<{ prefix: string; kind: SourceKind }>
}

/** `google.com.ua` → `google.*`; generic endings like `.xyz` are left out, anybody can register those. */
const COUNTRY_ENDING = /\.(?:(?:com|co|net|org)\.[a-z]{2}|com|net|org|[a-z]{2})$/
const ORIGIN = /^(?:([a-z][a-z0-9+.-]*):)?\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:@]*)(?::\d*)?/i
const BARE_HOST = /^[a-z0-9][a-z0-9.-]*\.[a-z][a-z0-9-]+(?=[/?#:]|$)/i
const MAX_REMEMBERED = 20_000
/** The longest name DNS allows, and room for an app's id. */
const MAX_HOST = 260

const ENTRIES = compileSources(SOURCES)
const NAMES = compileNames(SOURCE_NAMES)
const remembered = new Map<string, SourceEntry | undefined>()

/** The host of an address in lower case without `www.`, or '' where there is none. Never throws. */
export function readHost(address: string): string {
  const match = ORIGIN.exec(address)
  if (match?.[1] && !/^(?:https?|android-app)$/i.test(match[1])) return ''
  const host = (match?.[2] ?? BARE_HOST.exec(address)?.[0] ?? '').toLowerCase()
  if (match?.[1]?.toLowerCase() === 'android-app') return host && `app:${host}`
  return host.startsWith('www.') ? host.slice(4) : host
}

/** What kind of place an address belongs to; undefined for an ordinary site. */
export function findSource(address: string, host: string = readHost(address)): SourceKind | undefined {
  if (host === '' || host.length > MAX_HOST) return undefined
  let entry = remembered.get(host)
  if (entry === undefined && !remembered.has(host)) {
    entry = findEntry(host)
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(host, entry)
  }
  if (entry === undefined) return undefined
  for (const { prefix, kind } of entry.paths) if (hasPath(address, prefix)) return kind
  return entry.kind
}

/** What kind of place a utm_source names: a short name ("vk", "hotline") or a host ("chatgpt.com"). */
export function findNamedSource(name: string): SourceKind | undefined {
  return NAMES.get(name) ?? (name.includes('.') ? findSource(name) : undefined)
}

function findEntry(host: string): SourceEntry | undefined {
  const stem = host.replace(COUNTRY_ENDING, '')
  let start = 0
  for (;;) {
    const entry = ENTRIES.get(host.slice(start)) ?? findBrand(stem, start)
    const isWhole = start === 0 || (start === 2 && host.startsWith('m.'))
    if (entry && (isWhole || !entry.exact)) return entry
    const dot = host.indexOf('.', start)
    if (dot < 0) return undefined
    start = dot + 1
  }
}

function findBrand(stem: string, start: number): SourceEntry | undefined {
  return start < stem.length ? ENTRIES.get(`${stem.slice(start)}.*`) : undefined
}

function hasPath(address: string, prefix: string): boolean {
  const scheme = address.indexOf('//')
  const slash = address.indexOf('/', scheme < 0 ? 0 : scheme + 2)
  if (slash < 0 || !address.startsWith(prefix, slash)) return false
  const next = address.charAt(slash + prefix.length)
  return next === '' || next === '/' || next === '?' || next === '#'
}

function compileSources(sources: Record<SourceKind, string>): Map<string, SourceEntry> {
  const entries = new Map<string, SourceEntry>()
  for (const [kind, list] of Object.entries(sources) as Array<[SourceKind, string]>) {
    for (const line of list.trim().split(/\s+/).filter(Boolean)) addLine(entries, kind, line)
  }
  return entries
}

function addLine(entries: Map<string, SourceEntry>, kind: SourceKind, line: string): void {
  const slash = line.indexOf('/')
  const dotted = slash < 0 ? line : line.slice(0, slash)
  const withSubdomains = dotted.startsWith('.')
  const host = withSubdomains ? dotted.slice(1) : dotted
  const entry = entries.get(host) ?? { exact: false, paths: [] }
  entries.set(host, entry)
  if (slash >= 0) {
    entry.paths.push({ prefix: line.slice(slash), kind })
    return
  }
  entry.kind = kind
  entry.exact = kind === 'search' && !withSubdomains
}

function compileNames(names: Record<SourceKind, string>): Map<string, SourceKind> {
  const compiled = new Map<string, SourceKind>()
  for (const [kind, list] of Object.entries(names) as Array<[SourceKind, string]>) {
    for (const name of list.trim().split(/\s+/).filter(Boolean)) compiled.set(name, kind)
  }
  return compiled
}
