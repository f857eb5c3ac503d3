import { isbot } from 'isbot'
import { type Draft, type Drop, drop, readObject, type StepContext } from './step.ts'

const MAX_REMEMBERED = 5_000
const remembered = new Map<string, boolean>()

/** Robots that announce themselves walk no customer's path. Server libraries send no `context.userAgent`. */
export function filterBots({ message }: Draft, { origin }: StepContext): Drop | undefined {
  if (origin !== 'http') return undefined
  const agent = readObject(message.context).userAgent
  if (typeof agent !== 'string' || agent === '' || !isBot(agent)) return undefined
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
