import { describe, expect, it } from 'vitest'
import { decideLink, type LinkDecision, type PersonFacts, type Side } from './decide-link.ts'

const facts = (known: { users?: number; emails?: number; names?: string[] } = {}): PersonFacts => ({
  users: known.users ?? 0,
  emails: known.emails ?? 0,
  names: new Set(known.names),
})
const side = (kind: Side['kind'], known?: Parameters<typeof facts>[0]): Side => ({
  kind,
  person: facts(known),
})

const table: [string, Side, Side, LinkDecision][] = [
  [
    'a user and a browser that is nobody else',
    side('user', { users: 1 }),
    side('anonymous', { names: ['ann'] }),
    'join',
  ],
  [
    'a user and another user’s browser',
    side('user', { users: 1 }),
    side('anonymous', { users: 1 }),
    { suggest: 'same_browser' },
  ],
  ['a user and a guest’s e-mail', side('user', { users: 1 }), side('email', { emails: 1 }), 'join'],
  [
    'a user with an e-mail and a guest’s other one',
    side('user', { users: 1, emails: 1 }),
    side('email', { emails: 1 }),
    { suggest: 'same_email' },
  ],
  [
    'an e-mail and a browser known by another',
    side('email', { emails: 1 }),
    side('anonymous', { emails: 1 }),
    { suggest: 'same_browser' },
  ],
  ['a former user id', side('user', { users: 1 }), side('user', { users: 1 }), { suggest: 'alias' }],
  ['a phone that nobody named', side('email', { emails: 1 }), side('phone'), 'join'],
  [
    'a phone of somebody with a name',
    side('email', { emails: 1 }),
    side('phone', { names: ['ann'] }),
    { suggest: 'same_phone' },
  ],
  [
    'a phone of somebody with the same name',
    side('email', { emails: 1, names: ['ann'] }),
    side('phone', { names: ['ann'] }),
    'join',
  ],
  [
    'a phone and an e-mail of others',
    side('email', { emails: 1, names: ['ann'] }),
    side('phone', { emails: 1, names: ['ann'] }),
    { suggest: 'same_phone' },
  ],
]

describe('decideLink', () => {
  it.each(table)('%s', (_, anchor, other, decision) => {
    expect(decideLink(anchor, other, false)).toEqual(decision)
  })

  it.each(table)('leaves what a member has told apart: %s', (_, anchor, other) => {
    expect(decideLink(anchor, other, true)).toBe('leave')
  })
})
