import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { reachOutcomes } from '../../features/guide/contract.ts'
import { checkReachable, type DoctorContext } from './checks.ts'
import { sentences, tell } from './sentences.ts'

let status: number
const server = createServer((_request, response) => response.writeHead(status, { connection: 'close' }).end())

afterEach(() => new Promise((done) => server.close(done)))

async function listen(): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Of the doctor's whole case this look needs the address only. */
const look = (publicUrl: string) =>
  checkReachable({ publicUrl, secret: Buffer.alloc(32), fetch } as DoctorContext)

test('an address of this machine alone is asked for its health', async () => {
  const url = await listen()
  status = 200
  expect(await look(url)).toMatchObject([{ health: 'warning', key: 'reachableLocal' }])
  status = 404
  expect(await look(url)).toMatchObject([{ health: 'bad', key: 'reach_stranger' }])
  await new Promise((done) => server.close(done))
  expect(await look(url)).toMatchObject([{ key: 'reachableNot', values: { why: 'ECONNREFUSED' } }])
})

test('a name that leads nowhere is said to', async () => {
  const [finding] = await look('https://tropa.invalid')
  expect(finding).toMatchObject({ health: 'bad', key: 'reach_no_name', values: { host: 'tropa.invalid' } })
  expect(tell('reach_no_name', finding?.values ?? {}, 'ru')).toMatch(
    /^https:\/\/tropa\.invalid: Имя tropa\.invalid никуда не ведёт\./,
  )
})

test('whatever a look may find has its sentence in each language', () => {
  const said = new Set(['good', 'plain', 'local'])
  for (const outcome of reachOutcomes.filter((one) => !said.has(one))) {
    const values = { url: 'U', host: 'H', addresses: 'A', detail: 'D' }
    for (const language of ['en', 'ru', 'uk'] as const)
      expect(tell(`reach_${outcome}`, values, language)).toMatch(/^U: [^{}]{30,}$/)
  }
  expect(Object.keys(sentences)).toContain('reachable')
})
