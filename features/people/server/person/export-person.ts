import type { Deps, Room } from '../../../../platform/room.ts'
import { asked } from '../list/describe-people.ts'
import { listIdentities } from '../reads.ts'
import { type EventPosition, eventsQuery } from './events-query.ts'
import { getPerson } from './get-person.ts'

const PAGE = 5_000

/**
 * Everything that is known about a person, from every room and both stores, as one JSON object in pieces: a long
 * history must not stand in memory whole.
 */
export async function* exportPerson(
  deps: Deps,
  rooms: readonly Room[],
  shop: number,
  id: string,
): AsyncGenerator<string> {
  const person = await getPerson(deps, shop, id)
  const identities = await listIdentities(deps.db, shop, person.id)
  const head = { exportedAt: new Date(deps.now()).toISOString(), person, allIdentities: identities }
  yield `${JSON.stringify(head).slice(0, -1)},\n"rooms":{`
  let comma = ''
  for (const room of rooms) {
    if (!room.person?.export) continue
    const part = await room.person.export(deps, { shop, person: person.id, identities })
    yield `${comma}\n${JSON.stringify(room.name)}:${JSON.stringify(part ?? null)}`
    comma = ','
  }
  yield '},\n"events":['
  yield* exportEvents(deps, shop, identities)
  yield '\n]}\n'
}

interface FullRow extends Record<string, unknown> {
  at_ms: number
  message_hash: string
}

async function* exportEvents(
  { clickhouse }: Deps,
  shop: number,
  identities: string[],
): AsyncGenerator<string> {
  let after: EventPosition | undefined
  let comma = ''
  for (;;) {
    const query = eventsQuery(
      'e.* EXCEPT (shop, lane, seq, precedence), toUnixTimestamp64Milli(e.ts) AS at_ms',
      {
        shop,
        identities,
        after,
        limit: PAGE,
      },
    )
    const rows = await clickhouse.query<FullRow>(...asked(query))
    const last = rows.at(-1)
    if (!last) return
    yield comma + rows.map(toLine).join(',')
    comma = ','
    after = { at: last.at_ms, hash: last.message_hash }
  }
}

/** The objects of an event are stored as text; in the file they are objects again. */
function toLine({ at_ms: _, properties, traits, context, ...event }: FullRow): string {
  return `\n${JSON.stringify({ ...event, properties: parse(properties), traits: parse(traits), context: parse(context) })}`
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text || '{}'))
  } catch {
    return text
  }
}
