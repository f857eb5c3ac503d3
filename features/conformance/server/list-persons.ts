import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { prepareGround, runReport } from '../../reports/server/reads.ts'
import type { ConformancePersons, ConformancePersonsQuestion } from '../contract.ts'
import { readQuestion } from './answer-conformance.ts'
import { type JourneysPlan, journeyListQuery, SETTINGS } from './journeys-query.ts'
import type { PathRow } from './models/count-journeys.ts'
import { listTokens, readPart } from './read-part.ts'
import { codeScenario } from './scenario-path.ts'

const Cursor = Type.Object({ at: Type.Integer(), person: Type.String({ format: 'uuid' }) })
type Row = PathRow & { person: string; at: number }

/** So many journeys are looked through for one page; a page that is not full then has a cursor to go on from. */
const LOOKED_THROUGH = 20_000

/** A page of the persons behind a number: one for each of its journeys, the latest first. */
export async function listPersons(
  deps: Deps,
  shop: ShopContext,
  asked: ConformancePersonsQuestion,
): Promise<ConformancePersons> {
  const { limit = 50, cursor } = asked
  const { question, scenario, outcome } = await readQuestion(deps, shop, asked)
  const { compare: _, ...own } = question
  const { ground } = await prepareGround(deps, shop, own)
  const coded = codeScenario(scenario.path, ground.registry)
  const holds = readPart(asked, coded, outcome)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, Cursor)
  if (cursor !== undefined && !after)
    throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
  const plan: JourneysPlan = { shop: shop.id, scenario: coded, side: ground, now: deps.now() }
  const page = { after, limit: LOOKED_THROUGH, tokens: listTokens(asked, coded) }
  const rows = await runReport<Row>(deps, journeyListQuery(plan, page), undefined, SETTINGS)
  const found: Row[] = []
  let last: Row | undefined
  for (const row of rows) {
    if (found.length === limit) break
    last = row
    if (holds(row)) found.push(row)
  }
  const isMore = last !== undefined && (last !== rows.at(-1) || rows.length === LOOKED_THROUGH)
  const ids = [...new Set(found.map(({ person }) => person))]
  const names = await findPersonNames(deps.db, shop.id, ids)
  return {
    items: found.map(({ person, at }) => ({
      id: person,
      name: names.get(person)?.label || null,
      at: new Date(at).toISOString(),
    })),
    nextCursor: isMore && last ? encodeCursor({ at: last.at, person: last.person }) : null,
  }
}
