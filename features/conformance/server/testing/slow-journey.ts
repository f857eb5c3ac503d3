import type { IntendedPath } from '../models/align-path.ts'

/** The slow and obvious way: tries every choice of steps for the contacts and takes the best by the rule as it is written. */
export function alignSlowly(contacts: readonly number[], path: IntendedPath): number[] {
  const all = contacts.reduce<number[][]>(
    (walks, contact) => walks.flatMap((walk) => (path.classes[contact] ?? []).map((step) => [...walk, step])),
    [[]],
  )
  const [best] = all
    .map((walk) => ({ walk, ...weigh(walk, path) }))
    .sort((a, b) => a.deviations - b.deviations || b.ahead - a.ahead || compare(a.walk, b.walk))
  return best?.walk ?? []
}

const findEnd = (required: readonly boolean[]) => {
  const last = required.lastIndexOf(true)
  return last > 0 ? last : required.length - 1
}

function weigh(walk: readonly number[], { required }: IntendedPath) {
  let deviations = 0
  let ahead = 0
  walk.forEach((step, at) => {
    const before = walk.slice(0, at)
    const furthest = Math.max(0, ...before)
    if (step < (before.at(-1) ?? 0) && !before.includes(findEnd(required))) deviations++
    if (step > furthest) {
      ahead++
      for (let passed = furthest + 1; passed < step; passed++) if (required[passed]) deviations++
    }
  })
  return { deviations, ahead }
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((step, index) => step !== b[index])
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number)
}

/** What became of every step of a walk, each question asked by itself; lists begin with step 1. */
export function judgeSlowly(whole: readonly number[], path: IntendedPath, isOver: boolean) {
  // Behind the end only steps further on are looked at.
  const walk = whole.filter((step, at) => {
    const before = whole.slice(0, at)
    return !before.includes(findEnd(path.required)) || step > Math.max(...before)
  })
  const steps = path.required.map((_, step) => step).slice(1)
  const furthest = Math.max(0, ...walk)
  const end = findEnd(path.required)
  const firstAt = (step: number) => walk.indexOf(step)
  const fates = steps.map((step) => {
    if (firstAt(step) < 0) return furthest > step ? 'passed' : 'ahead'
    return walk.slice(0, firstAt(step)).some((other) => other > step) ? 'late' : 'made'
  })
  const back = steps.map((step) => walk.some((other, at) => other < step && walk[at - 1] === step))
  const isFinished = furthest >= end
  const skips = fates.some((fate, at) => fate === 'passed' && path.required[at + 1])
  const deadEnd = isFinished || !isOver ? 0 : (walk.at(-1) ?? 0)
  const finished = back.includes(true) ? 'back' : skips ? 'skipped' : 'followed'
  return {
    class: walk.length === 0 ? '' : isFinished ? finished : isOver ? 'deadEnd' : 'open',
    fates,
    back,
    deadEnd,
    moves: [
      ...new Set(walk.flatMap((to, at) => (to === walk[at - 1] ? [] : [`${walk[at - 1] ?? 0}>${to}`]))),
    ].sort(),
  }
}
