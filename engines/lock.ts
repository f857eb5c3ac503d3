import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProcessMark, readProcessSpace } from './process-identity.ts'

export interface LockHolder {
  pid: number
  /** The process that started the holder: the one to stop when the holder is in the way. */
  parentPid: number
  /** True when that process is gone, so that the holder is about to end by itself. */
  isOrphan: boolean
}

export type Lock = { isHeld: true; release(): Promise<void> } | { isHeld: false; holder: LockHolder }

export interface LockOptions {
  folder: string
  name: string
  /** How long to wait for an orphan to end; a holder whose parent lives is waited for a moment only. */
  waitMs?: number
  parentPid?: number
}

interface Claim {
  pid: number
  mark: string
  parentPid: number
  parentMark: string
  space: string
}

interface LivingClaim {
  file: string
  holder: LockHolder
}

const SETTLE_MS = 1_000
const SIGN_OF_LIFE_MS = 5_000
const FOREIGN_CLAIM_EXPIRES_MS = 20_000

/**
 * An exclusive lock that ends with its process, however that ends. Node has no file locks, so each contender publishes
 * a claim under a name never used again and then looks for other living claims: whoever looks later sees the other, so
 * two can't both find themselves alone. Only claims of dead processes are removed by others; removing one twice is
 * harmless because its name never returns.
 */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const deadline = Date.now() + (options.waitMs ?? 30_000)
  const firstSeen = new Map<string, number>()
  for (;;) {
    const mine = await publishClaim(options)
    const others = await findLivingClaims(options, mine)
    const other = others[0]
    if (other === undefined) return holdClaim(join(options.folder, mine))
    await rm(join(options.folder, mine), { force: true })
    const since = firstSeen.get(other.file) ?? Date.now()
    firstSeen.set(other.file, since)
    const isSettled = !other.holder.isOrphan && Date.now() - since > SETTLE_MS
    if (isSettled || Date.now() > deadline) return { isHeld: false, holder: other.holder }
    await sleep(20 + Math.random() * 80)
  }
}

/** The living process that holds the lock, if there is one. */
export async function findLockHolder(folder: string, name: string): Promise<LockHolder | undefined> {
  return (await findLivingClaims({ folder, name }, ''))[0]?.holder
}

async function publishClaim({ folder, name, parentPid = process.ppid }: LockOptions): Promise<string> {
  const claim: Claim = {
    pid: process.pid,
    mark: findProcessMark(process.pid) ?? '',
    parentPid,
    parentMark: findProcessMark(parentPid) ?? '',
    space: readProcessSpace(),
  }
  const file = `${name}.${process.pid}.${randomBytes(6).toString('hex')}.lock`
  // The rename makes the claim appear whole or not at all.
  const draft = join(folder, `${file}.draft`)
  await writeFile(draft, JSON.stringify(claim), { mode: 0o600 })
  await rename(draft, join(folder, file))
  return file
}

async function findLivingClaims({ folder, name }: LockOptions, mine: string): Promise<LivingClaim[]> {
  const living: LivingClaim[] = []
  const files = await readdir(folder).catch(() => [])
  for (const file of files) {
    if (file === mine || !file.startsWith(`${name}.`) || !file.endsWith('.lock')) continue
    const holder = await findLivingHolder(join(folder, file))
    if (holder) living.push({ file, holder })
    else await rm(join(folder, file), { force: true })
  }
  return living
}

async function findLivingHolder(path: string): Promise<LockHolder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const claim = text === undefined ? undefined : parseClaim(text)
  if (claim === undefined) return undefined
  const { pid, parentPid } = claim
  if (claim.space !== readProcessSpace()) {
    // A process of another container can't be asked after; its claim counts while it keeps touching the file.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }))
    return Date.now() - mtimeMs < FOREIGN_CLAIM_EXPIRES_MS ? { pid, parentPid, isOrphan: true } : undefined
  }
  if (findProcessMark(pid) !== claim.mark) return undefined
  return { pid, parentPid, isOrphan: findProcessMark(parentPid) !== claim.parentMark }
}

function parseClaim(text: string): Claim | undefined {
  try {
    return JSON.parse(text) as Claim
  } catch {
    return undefined
  }
}

function holdClaim(path: string): Lock {
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, SIGN_OF_LIFE_MS)
  beat.unref()
  return {
    isHeld: true,
    async release() {
      clearInterval(beat)
      await rm(path, { force: true })
    },
  }
}
