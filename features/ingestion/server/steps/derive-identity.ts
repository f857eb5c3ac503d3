import { normaliseEmail } from '../../../../kernel/email.ts'
import { type IdentityKind, identityKey } from '../../../../kernel/hash128.ts'
import { normalisePhone } from '../../../../kernel/phone.ts'
import { type Draft, type Drop, drop, readObject, readText, type StepContext } from './step.ts'

/**
 * Whose event it is, without a look-up: the user id if there is one, else the anonymous id, else an e-mail, else a
 * phone number. People later learn which identities are one person; the event's own never changes.
 */
export function deriveIdentity(draft: Draft, context: StepContext): Drop | undefined {
  const { row } = draft
  const found = findGivenIdentity(draft, context) ?? findIdentity(draft, context)
  if (!found)
    return drop('no_identity', 'userId and anonymousId are empty, and traits have no usable email or phone')
  row.identity_kind = found.kind
  row.identity = 'key' in found ? found.key : identityKey(context.shop, found.kind, found.value)
  return undefined
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** A room that completes an event names the very identity of the contact, which nobody else may do. */
function findGivenIdentity(
  { message }: Draft,
  { origin }: StepContext,
): { kind: string; key: string } | undefined {
  if (origin !== 'system') return undefined
  const { kind, key } = readObject(message.identity)
  return typeof kind === 'string' && typeof key === 'string' && UUID.test(key) ? { kind, key } : undefined
}

function findIdentity(draft: Draft, context: StepContext): { kind: IdentityKind; value: string } | undefined {
  const { row } = draft
  if (row.user_id !== '') return { kind: 'user', value: row.user_id }
  if (row.anonymous_id !== '') return { kind: 'anonymous', value: row.anonymous_id }
  const said = readObject(draft.context.traits)
  const email = normaliseEmail(readText(said.email)) ?? normaliseEmail(readText(draft.traits.email))
  if (email !== undefined) return { kind: 'email', value: email }
  const country = { country: context.phoneCountry }
  const phone =
    normalisePhone(readText(said.phone), country) ?? normalisePhone(readText(draft.traits.phone), country)
  return phone === undefined ? undefined : { kind: 'phone', value: phone }
}
