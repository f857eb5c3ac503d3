import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IdentityKind } from '../../../../kernel/hash128.ts'
import { deriveProfile, type HeldIdentity } from './profile.ts'
import type { Traits } from './traits.ts'

const held = (kind: IdentityKind, value: string, at: number, traits: Traits | null = null): HeldIdentity => ({
  identity: `${kind} ${value}`,
  kind,
  value,
  evidence: { rule: 'sight', event: 'page', messageId: 'm', at, source: 1 },
  traits,
  yieldedAt: null,
})

describe('deriveProfile', () => {
  it('calls a person by the name of the account, not by the later one on an order by phone', () => {
    const account = held('user', 'u1', 1, { name: { value: 'Олена Ковальчук', at: 1 } })
    const order = held('phone', '+380501112233', 2, { name: { value: 'Олена К.', at: 2 } })
    expect(deriveProfile([order, account])).toMatchObject({ name: 'Олена Ковальчук', phone: '+380501112233' })
  })

  it('takes the address that was given last', () => {
    const identities = [held('email', 'new@shop.ua', 2), held('email', 'old@shop.ua', 1)]
    expect(deriveProfile(identities).email).toBe('new@shop.ua')
  })

  it('lets what was said before a merge stand behind the person who stayed, and not what came after it', () => {
    const stayed = held('user', 'u1', 1, { city: { value: 'Київ', at: 1 } })
    const merged = { ...held('user', 'u2', 5, { city: { value: 'Одеса', at: 5 } }), yieldedAt: 9 }
    expect(deriveProfile([merged, stayed]).traits.city?.value).toBe('Київ')
    const since = { ...merged, traits: { city: { value: 'Львів', at: 10 } } }
    expect(deriveProfile([since, stayed]).traits.city?.value).toBe('Львів')
  })

  it('does not depend on the order of the identities', () => {
    const identities = [
      held('user', 'u1', 3, { name: { value: 'A', at: 3 }, plan: { value: 1, at: 3 } }),
      held('email', 'a@shop.ua', 3, { name: { value: 'B', at: 9 }, plan: { value: 2, at: 3 } }),
      held('email', 'b@shop.ua', 3, { plan: { value: 3, at: 3 } }),
      held('anonymous', 'x', 1),
    ]
    const profile = deriveProfile(identities)
    fc.assert(
      fc.property(fc.shuffledSubarray(identities, { minLength: 4 }), (shuffled) => {
        expect(deriveProfile(shuffled)).toEqual(profile)
      }),
    )
  })
})
