import { setMaxListeners } from 'node:events'
import { expect, test, vi } from 'vitest'
import { createSlots } from './slots.ts'

const sizes = { insert: 1, copy: 1, read: 2, report: 1, admin: 1 }
const never = new AbortController().signal
setMaxListeners(0, never)

function createTask() {
  let finish = () => {}
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  return { finish, run: () => done }
}

test('a lane runs as many as it has places, the rest in order of arrival', async () => {
  const slots = createSlots(sizes)
  const order: number[] = []
  const tasks = [createTask(), createTask(), createTask(), createTask()]
  const runs = tasks.map((task, index) =>
    slots.run('read', never, () => {
      order.push(index)
      return task.run()
    }),
  )
  await Promise.resolve()
  expect(order).toEqual([0, 1])
  tasks[1]?.finish()
  await vi.waitFor(() => expect(order).toEqual([0, 1, 2]))
  for (const task of tasks) task.finish()
  await Promise.all(runs)
  expect(order).toEqual([0, 1, 2, 3])
  expect(slots.count('read')).toBe(0)
})

test('lanes do not wait for each other', async () => {
  const slots = createSlots(sizes)
  const report = createTask()
  const running = slots.run('report', never, report.run)
  await expect(slots.run('read', never, async () => 'read')).resolves.toBe('read')
  report.finish()
  await running
})

test('who leaves the queue is not run, and the place goes to the next', async () => {
  const slots = createSlots(sizes)
  const first = createTask()
  const leaving = new AbortController()
  const running = slots.run('insert', never, first.run)
  const left = slots.run('insert', leaving.signal, async () => 'never')
  const stayed = slots.run('insert', never, async () => 'stayed')
  leaving.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  first.finish()
  await running
  await expect(stayed).resolves.toBe('stayed')
})

test('a failed task gives its place back', async () => {
  const slots = createSlots(sizes)
  await expect(slots.run('admin', never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(slots.run('admin', never, async () => 'next')).resolves.toBe('next')
})

test('a queue that has grown too long refuses the next', async () => {
  const slots = createSlots(sizes)
  const first = createTask()
  const runs = [slots.run('copy', never, first.run)]
  for (let index = 0; index < 500; index += 1) runs.push(slots.run('copy', never, async () => {}))
  await expect(slots.run('copy', never, async () => {})).rejects.toMatchObject({ code: 202 })
  first.finish()
  await Promise.all(runs)
})
