import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EventSketch, sketchEvents } from '../testing/feed-events.ts'
import { sketchesArb } from '../testing/random-sketches.ts'
import { applyTestimony } from './apply-testimony.ts'
import { createLinkState, type LinkState } from './link-state.ts'
import { readTestimony } from './read-testimony.ts'

function applyAll(state: LinkState, sketches: EventSketch[]): LinkState {
  for (const event of sketchEvents(1, sketches)) {
    const testimony = readTestimony(event, 'UA')
    if (testimony) applyTestimony(state, testimony)
  }
  return state
}

function partitionOf(state: LinkState): string[][] {
  const people = [...state.members.values()].map((members) =>
    [...members]
      .map((identity) => `${state.identities.get(identity)?.kind}:${state.identities.get(identity)?.value}`)
      .sort(),
  )
  return people.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
}

/** At most one user id; of several e-mails all but one were given by that user. */
function expectOnePerson(person: string[], sketches: EventSketch[]): void {
  const valuesOf = (kind: string) =>
    person.filter((one) => one.startsWith(kind)).map((one) => one.slice(kind.length))
  const users = valuesOf('user:')
  expect(users.length).toBeLessThanOrEqual(1)
  const given = sketches
    .filter(({ user }) => user !== undefined && user === users[0])
    .map(({ context }) => (context?.traits as { email?: string } | undefined)?.email)
  expect(valuesOf('email:').filter((email) => !given.includes(email)).length).toBeLessThanOrEqual(1)
}

describe('applying what events say', () => {
  it('never puts two users or two people known by different e-mails together', () => {
    fc.assert(
      fc.property(sketchesArb({ withNames: true, maxLength: 40 }), (sketches) => {
        for (const person of partitionOf(applyAll(createLinkState([], []), sketches)))
          expectOnePerson(person, sketches)
      }),
      { numRuns: 500 },
    )
  })

  it('changes nothing when all events come again', () => {
    fc.assert(
      fc.property(sketchesArb({ withNames: false, maxLength: 40 }), (sketches) => {
        const state = applyAll(createLinkState([], []), sketches)
        const before = partitionOf(state)
        const merges = state.merges.length
        expect(partitionOf(applyAll(state, sketches))).toEqual(before)
        expect(state.merges.length).toBe(merges)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the newest value of a trait in whatever order its events come', () => {
    const said = (city: string, at: number): EventSketch => ({
      kind: 'identify',
      user: 'u1',
      traits: { city },
      at,
      messageId: city,
    })
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }), (order) => {
        const state = applyAll(
          createLinkState([], []),
          order.map((day) => said(`city ${day}`, day * 86_400_000)),
        )
        expect([...state.identities.values()][0]?.traits?.city?.value).toBe('city 4')
      }),
    )
  })

  it('keeps apart for good what a member has told apart', () => {
    const signIn: EventSketch[] = [
      { kind: 'identify', anonymous: 'a1', traits: { name: 'A' } },
      { user: 'u1' },
    ]
    const stored = [...applyAll(createLinkState([], []), signIn).identities.values()]
    const [a, u] = stored.map(({ person }) => person) as [string, string]
    const state = applyAll(createLinkState(stored, [[a, u]]), [
      { kind: 'identify', user: 'u1', anonymous: 'a1' },
    ])
    expect(partitionOf(state)).toEqual([['anonymous:a1'], ['user:u1']])
    expect(state.suggestions).toEqual([])
  })

  it('lets the better known person stay when two are merged', () => {
    const state = applyAll(createLinkState([], []), [
      { own: ['email', 'e@shop.ua'], context: { traits: { email: 'e@shop.ua' } } },
      { user: 'u1', traits: {}, kind: 'identify' },
      { user: 'u1', kind: 'identify', traits: { email: 'e@shop.ua' } },
    ])
    const user = [...state.identities.values()].find(({ kind }) => kind === 'user')
    expect(state.merges.map(({ into }) => into)).toEqual([user?.identity])
    expect([...state.members.keys()]).toEqual([user?.identity])
  })
})
