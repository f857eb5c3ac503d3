import { isbot } from 'isbot'
import { readHost } from '../classify/find-source.ts'
import { type Draft, type Drop, drop, readObject, readText, type StepContext } from './step.ts'

/** No robot of the world comes by there: it is a developer's browser that drives itself. */
const THIS_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

const MAX_REMEMBERED = 5_000
const remembered = new Map<string, boolean>()

/** Robots that announce themselves walk no customer's path. Server libraries send no `context.userAgent`. */
export function filterBots({ message }: Draft, { origin }: StepContext): Drop | undefined {
  if (origin !== 'http') return undefined
  const { userAgent: agent, page } = readObject(message.context)
  if (typeof agent !== 'string' || agent === '' || !isBot(agent)) return undefined
  if (THIS_MACHINE.test(readHost(readText(readObject(page).url)))) return undefined
  return drop('bot', agent.slice(0, 255))
}

function isBot(agent: string): boolean {
  let answer = remembered.get(agent)
  if (answer === undefined) {
    // The pattern is long: a robot's name stands within the first part of any honest agent.
    answer = isbot(agent.slice(0, 1_024))
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(agent, answer)
  }
  return answer
}
