import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnswerReader } from './answer.ts'
import { makeFrame } from './frames.ts'

const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 })
const statuses = fc.constantFrom(['I', 'idle'], ['T', 'transaction'], ['E', 'failed'])

test('the status at the end is found however the bytes are cut, and all of them pass', () => {
  fc.assert(
    fc.property(
      bodies,
      statuses,
      fc.integer({ min: 1, max: 50 }),
      (contents, [letter = '', status], step) => {
        const frames = contents.map((body) => makeFrame('D', Buffer.from(body)))
        const all = Buffer.concat([...frames, makeFrame('Z', letter)])
        const { reader, passed } = readInSteps(all, step, Number.POSITIVE_INFINITY)
        expect(reader.status).toBe(status)
        expect(Buffer.concat(passed)).toEqual(all)
        expect(reader.isCut).toBe(false)
      },
    ),
  )
})

test('an answer beyond the limit is cut between two messages, and its status is still known', () => {
  fc.assert(
    fc.property(
      bodies,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ max: 400 }),
      (contents, step, limit) => {
        const frames = [...contents.map((body) => makeFrame('D', Buffer.from(body))), makeFrame('Z', 'T')]
        const { reader, passed } = readInSteps(Buffer.concat(frames), step, limit)
        let expected = 0
        for (const frame of frames) if (expected < limit) expected += frame.length
        expect(Buffer.concat(passed).length).toBe(Math.max(0, expected))
        expect(reader.status).toBe('transaction')
      },
    ),
  )
})

test('an answer without a "ready" has no status', () => {
  const { reader } = readInSteps(makeFrame('1', ''), 1, 100)
  expect(reader.status).toBeUndefined()
})

function readInSteps(all: Buffer, step: number, limit: number) {
  const passed: Buffer[] = []
  const reader = createAnswerReader(limit, (bytes) => passed.push(bytes))
  for (let at = 0; at < all.length; at += step) reader.read(all.subarray(at, at + step))
  return { reader, passed }
}
