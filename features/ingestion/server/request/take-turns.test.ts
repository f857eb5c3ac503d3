import { expect, test } from 'vitest'
import { createTurns } from './take-turns.ts'

test('work that is ready at once is spread over turns, in its order, and other work comes in between', async () => {
  let clock = 0
  const turns = createTurns(10, () => clock)
  const log: string[] = []
  let isOver = false
  const ticking = (async () => {
    while (!isOver) {
      log.push('tick')
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      // Like requests that are ready in one turn: a callback each, one after the other.
      await new Promise((resolve) => setImmediate(resolve))
      await turns.wait()
      clock += 4
      log.push(`job ${n}`)
    }),
  )
  isOver = true
  await ticking
  expect(log.filter((line) => line.startsWith('job'))).toEqual(
    Array.from({ length: 12 }, (_, n) => `job ${n}`),
  )
  let together = 0
  for (const line of log) {
    together = line === 'tick' ? 0 : together + 1
    expect(together).toBeLessThanOrEqual(4)
  }
})
