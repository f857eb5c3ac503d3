import { Type } from 'typebox'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { AppError } from '../../../kernel/errors.ts'
import { cleanText, cutText } from '../../../kernel/text.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import type { StageWord, StageWords, WordsQuestion } from '../contract.ts'
import { findSpot } from './list-persons.ts'
import type { Question } from './map-question.ts'
import { orderNames } from './order-names.ts'
import { planPicture } from './picture.ts'
import { runReport } from './run-report.ts'
import {
  type WordPosition,
  type WordRow,
  type WordText,
  wordsQuery,
  wordTextsQuery,
} from './stage-words-query.ts'

const Cursor = Type.Object({ at: Type.Integer(), id: Type.String({ format: 'uuid' }) })
const MAX_TEXT = 2_000

/** A page of what customers wrote at a stage, the latest first. Fails with `not_found` for a stage that there isn't. */
export async function listStageWords(
  deps: Deps,
  question: Question,
  stage: string,
  { touchpoint, cursor, limit = 20 }: WordsQuestion,
): Promise<StageWords> {
  const plan = await planPicture(deps, question)
  const page = { after: readCursor(cursor), limit: limit + 1 }
  const spot = findSpot(plan, { stage, touchpoint })
  const rows = await runReport<WordRow>(deps, wordsQuery(plan, orderNames, spot, page))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await readWords(deps, question.shop, shown),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at, id: last.id }) : null,
  }
}

async function readWords(deps: Deps, shop: number, rows: readonly WordRow[]): Promise<StageWord[]> {
  if (rows.length === 0) return []
  const { sql, params } = wordTextsQuery(shop, rows)
  const persons = [...new Set(rows.map(({ person }) => person))]
  const [texts, names] = await Promise.all([
    deps.clickhouse.query<WordText>(sql, { params }),
    findPersonNames(deps.db, shop, persons),
  ])
  const byId = new Map(texts.map((text) => [text.id, text]))
  return rows.flatMap((row) => {
    // Erased between the two statements.
    const text = byId.get(row.id)
    return text ? toWord(row, text, names.get(row.person)?.label || null) : []
  })
}

function toWord({ id, at, person }: WordRow, text: WordText, name: string | null): StageWord {
  const properties = readProperties(text.properties)
  return {
    id,
    at: new Date(at).toISOString(),
    text: toPlainText(properties.comment),
    touchpoint: text.touchpoint,
    score: readScore(properties),
    said: text.valence === null ? null : 100 * text.valence,
    person: { id: person, name },
  }
}

function readProperties(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>
  } catch {
    return {}
  }
}

// Control characters but tab and line break, and those that turn the direction of whatever is written after them.
const INVISIBLE = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Text and nothing else: whoever writes to a shop doesn't command its screens. Of line breaks two in a row stay. */
function toPlainText(comment: unknown): string {
  const text = cleanText(String(comment ?? '')).replace(INVISIBLE, '')
  return cutText(text.replace(/\n{3,}/g, '\n\n').trim(), MAX_TEXT)
}

const TOPS: Readonly<Record<string, number>> = { csat: 5, stars: 5, face: 5, ces: 7, nps: 10 }

function readScore({ score, scale_max, kind }: Record<string, unknown>): StageWord['score'] {
  const of = scale_max ?? TOPS[String(kind)]
  if (typeof score !== 'number' || typeof of !== 'number') return null
  return Number.isFinite(score) && Number.isFinite(of) ? { value: score, of } : null
}

function readCursor(cursor: string | undefined): WordPosition | undefined {
  if (cursor === undefined) return undefined
  const position = decodeCursor(cursor, Cursor)
  if (position) return position
  throw new AppError('bad_request', 'The cursor is not one of this list; start from its beginning.')
}
