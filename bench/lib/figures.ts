import { readFileSync } from 'node:fs'

/** The value below which `share` of the values lie (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export interface Figure {
  what: string
  value: string
  /** What it should be, and whether it is. */
  goal?: string
  met?: boolean
}

/** A table for people and a line of JSON for machines. */
export function printFigures(name: string, figures: readonly Figure[], data: Record<string, unknown>): void {
  const width = Math.max(...figures.map((figure) => figure.what.length))
  const valueWidth = Math.max(...figures.map((figure) => figure.value.length))
  for (const { what, value, goal, met } of figures) {
    const verdict = goal === undefined ? '' : `   ${met ? 'met' : 'MISSED'} (goal ${goal})`
    console.log(`${what.padEnd(width)}   ${value.padStart(valueWidth)}${verdict}`)
  }
  console.log(JSON.stringify({ bench: name, ...data }))
}

/** Resident memory of processes in MB, pages shared between them counted once (PSS). Linux only. */
export function readMemory(pids: readonly number[]): number {
  let kilobytes = 0
  for (const pid of pids) {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
  }
  return kilobytes / 1024
}

/** Processor time of a process so far, in seconds. Linux only. */
export function readProcessorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
