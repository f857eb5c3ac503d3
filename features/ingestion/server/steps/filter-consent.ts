import {
  type Draft,
  type Drop,
  drop,
  isObject,
  type JsonObject,
  readObject,
  type StepContext,
} from './step.ts'

/** Names under which consent tools keep the permission to measure. */
const ANALYTICS = /^(?:analytics|analytics_storage|statistics?|performance|measurement|c0002)$/i

/**
 * Leaves out who said no, if the shop's setting asks for it: a refusal in `context.consent` (categories as Segment
 * sends them), else a signal of the browser (Global Privacy Control, Do Not Track). With `require`, browsers are
 * recorded only after a yes. Servers of the shop speak about orders and calls, not about watching a visitor.
 */
export function filterConsent({ message }: Draft, context: StepContext): Drop | undefined {
  if (context.consentMode === 'ignore' || context.origin !== 'http') return undefined
  const said = readObject(message.context)
  const answer = readConsent(readObject(said.consent))
  if (answer === 'granted') return undefined
  if (answer === 'refused') return drop('no_consent', 'context.consent refuses analytics')
  if (context.optedOut || said.gpc === true)
    return drop('no_consent', 'the browser sent Global Privacy Control or Do Not Track')
  if (context.consentMode === 'require' && context.isBrowser)
    return drop('no_consent', 'the shop records only who agreed, and context.consent has no answer')
  return undefined
}

/** An answer given to the shop itself outweighs the browser's general wish. */
function readConsent(consent: JsonObject): 'granted' | 'refused' | undefined {
  const categories = isObject(consent.categoryPreferences) ? consent.categoryPreferences : consent
  for (const [name, value] of Object.entries(categories)) {
    if (!ANALYTICS.test(name)) continue
    if (value === true || value === 'granted') return 'granted'
    if (value === false || value === 'denied') return 'refused'
  }
  return undefined
}
