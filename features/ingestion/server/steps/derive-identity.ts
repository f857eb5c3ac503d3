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
  const found = findIdentity(draft, context)
  if (!found)
    return drop('no_identity', 'userId and anonymousId are empty, and traits have no usable email or phone')
  row.identity_kind = found.kind
  row.identity = identityKey(context.shop, found.kind, found.value)
  return undefined
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
