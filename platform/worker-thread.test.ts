import { expect, test } from 'vitest'
import { createTurns } from './worker-thread.ts'

test('turns are taken one after another, also after one that failed', async () => {
  const inTurn = createTurns(10)
  const told: string[] = []
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      told.push(`${name} begins`)
      await new Promise(setImmediate)
      told.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    })
  const all = await Promise.allSettled([work('a'), work('b', true), work('c')])
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('who comes when as many wait as may is asked to come again, and later served', async () => {
  const inTurn = createTurns(2)
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const waiting = [inTurn(() => gate), inTurn(() => gate)]
  await expect(inTurn(async () => 'third')).rejects.toMatchObject({ code: 'too_many_requests' })
  open()
  await Promise.all(waiting)
  expect(await inTurn(async () => 'third')).toBe('third')
})
