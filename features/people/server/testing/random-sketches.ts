import fc from 'fast-check'
import type { EventSketch } from './feed-events.ts'

const draw = <T extends string>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

/** Random events of few users, browsers, e-mails and phones, so that they meet in every way. */
export function sketchesArb(options: { withNames: boolean; maxLength: number }): fc.Arbitrary<EventSketch[]> {
  const drawn = fc.record({
    user: draw('u1', 'u2', 'u3'),
    anonymous: draw('a1', 'a2', 'a3', 'a4'),
    email: draw('e1@shop.ua', 'e2@shop.ua', 'e3@shop.ua'),
    phone: draw('+380507654321', '+380507654322', '+380507654323'),
    name: options.withNames ? draw('Ann', 'Bob') : fc.constant(undefined),
    previousId: fc.option(fc.constantFrom('a1', 'u1', 'x'), { nil: undefined, freq: 8 }),
  })
  return fc.array(drawn.map(toSketch), { minLength: 1, maxLength: options.maxLength })
}

function toSketch(
  drawn: Record<'user' | 'anonymous' | 'email' | 'phone' | 'name' | 'previousId', string | undefined>,
): EventSketch {
  const { user, anonymous, email, phone, name, previousId } = drawn
  const traits = { ...(email && { email }), ...(phone && { phone }), ...(name && { name }) }
  const ids = {
    user,
    anonymous,
    own: ['email', email ?? 'e9@shop.ua'],
    context: { traits },
  } satisfies EventSketch
  if (previousId !== undefined && user !== undefined)
    return { kind: 'alias', properties: { previousId }, ...ids }
  return { kind: 'identify', ...ids }
}
