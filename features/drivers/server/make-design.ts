import type { Design, Term } from './models/design.ts'
import { refuse } from './models/refuse.ts'
import type { RawColumn, RawTable } from './read-rows.ts'

export interface DesignQuestion {
  outcome: string
  predictors: readonly string[]
  family: 'gaussian' | 'binomial'
  /** Predictors that are groups though written as numbers. */
  categorical: readonly string[]
  cluster?: string
}

export interface MadeDesign {
  design: Design
  /** The level with which the others of a category are compared. */
  references: { name: string; level: string }[]
  /** How many rows lack what, by column; rows that lack anything are left out. */
  missing: { name: string; rows: number }[]
}

/** What no measure of a shop can be. */
const HUGE = 1e15
/** More levels than this are hardly a category. */
const MAX_LEVELS = 50

/** Turns the columns that were read into what a model is fitted to. The order of columns: outcome, predictors, cluster. */
export function makeDesign(table: RawTable, question: DesignQuestion): MadeDesign {
  const [outcome, ...others] = table.columns as [RawColumn, ...RawColumn[]]
  const whole = findWholeRows(table)
  if (whole.length === 0) refuse('No row has all of the columns; each lacks one or another.')
  const predictors = others.slice(0, question.predictors.length)
  const parts = predictors.map((column) =>
    makePart(column, whole, question.categorical.includes(column.name)),
  )
  const terms: Term[] = []
  let columns = 0
  for (const { columns: own, name } of parts) {
    terms.push({ name, columns: own.map((_, at) => columns + at) })
    columns += own.length
  }
  const cluster = question.cluster === undefined ? undefined : (others.at(-1) as RawColumn)
  return {
    design: {
      n: whole.length,
      outcome: question.family === 'binomial' ? readBinary(outcome, whole) : readNumeric(outcome, whole),
      columns: parts.flatMap((part) => part.columns),
      names: parts.flatMap((part) => part.names),
      terms,
      ...(cluster && { clusters: numberClusters(cluster, whole) }),
    },
    references: parts.flatMap(({ name, reference }) =>
      reference === undefined ? [] : [{ name, level: reference }],
    ),
    missing: table.columns
      .map(({ name, codes }) => ({ name, rows: codes.reduce((sum, code) => sum + (code === -1 ? 1 : 0), 0) }))
      .filter(({ rows }) => rows > 0),
  }
}

function findWholeRows({ rows, columns }: RawTable): Int32Array {
  const whole = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (columns.every(({ codes }) => codes[row] !== -1)) whole[count++] = row
  }
  return whole.subarray(0, count)
}

interface Part {
  name: string
  names: string[]
  columns: Float64Array[]
  reference?: string
}

function makePart(column: RawColumn, whole: Int32Array, isCategorical: boolean): Part {
  const { name, texts } = column
  if (texts.length === 0 && !isCategorical)
    return { name, names: [name], columns: [readNumeric(column, whole)] }
  if (!isCategorical) refuseMixed(column, whole)
  const levels = listLevels(column, whole)
  if (levels.length < 2) refuse(`“${name}” is the same in every row, so it explains nothing. Leave it out.`)
  if (levels.length > MAX_LEVELS) {
    refuse(`“${name}” has ${levels.length} levels; ${MAX_LEVELS} are the most. Join the rare ones.`)
  }
  const [reference, ...compared] = levels as [number, ...number[]]
  return {
    name,
    names: compared.map((code) => `${name}=${texts[code - 1]}`),
    columns: compared.map((code) => Float64Array.from(whole, (row) => (column.codes[row] === code ? 1 : 0))),
    reference: texts[reference - 1] as string,
  }
}

/** The levels that whole rows have, numbers by size and texts by letters; the first is the reference. */
function listLevels({ codes, texts }: RawColumn, whole: Int32Array): number[] {
  const seen = new Set<number>()
  for (const row of whole) seen.add(codes[row] as number)
  const text = (code: number) => texts[code - 1] as string
  const areNumbers = [...seen].every((code) => Number.isFinite(Number(text(code))))
  return [...seen].sort((a, b) =>
    areNumbers ? Number(text(a)) - Number(text(b)) : text(a) < text(b) ? -1 : 1,
  )
}

/** Texts among numbers are more often slips than groups, so the owner decides. */
function refuseMixed({ name, codes, texts, firstLines }: RawColumn, whole: Int32Array): void {
  const numbers = whole.reduce((sum, row) => sum + (codes[row] === 0 ? 1 : 0), 0)
  if (numbers === 0) return
  refuse(
    `Line ${firstLines[0]}: “${name}” is “${texts[0]?.slice(0, 40)}”, though it is a number in ${numbers} rows. Mend it, or say --categorical ${name}.`,
  )
}

function readNumeric({ name, numbers, texts, firstLines }: RawColumn, whole: Int32Array): Float64Array {
  if (texts.length > 0) {
    const text = texts[0] as string
    const how = /^[+-]?\d+,\d+$/.test(text) ? ` Write decimals with a point: ${text.replace(',', '.')}.` : ''
    refuse(
      `Line ${firstLines[0]}: “${name}” is “${text.slice(0, 40)}”, which is not a number like 12 or 12.5.${how}`,
    )
  }
  const huge = whole.find((row) => Math.abs(numbers[row] as number) >= HUGE)
  if (huge !== undefined)
    refuse(`“${name}” is ${numbers[huge]} in a row, which no measure of a shop can be. Mend it.`)
  return Float64Array.from(whole, (row) => numbers[row] as number)
}

const YES = new Set(['true', 'yes', 'да', 'так'])
const NO = new Set(['false', 'no', 'нет', 'ні'])

/** An outcome that came or didn't: 1 and 0, or words for it. */
function readBinary(column: RawColumn, whole: Int32Array): Float64Array {
  const { name, numbers, codes, texts } = column
  return Float64Array.from(whole, (row) => {
    const code = codes[row] as number
    const text = code > 0 ? (texts[code - 1] as string).toLowerCase() : ''
    if (numbers[row] === 1 || YES.has(text)) return 1
    if (numbers[row] === 0 || NO.has(text)) return 0
    const shown = code > 0 ? texts[code - 1] : numbers[row]
    return refuse(`“${name}” is “${shown}” in a row; an outcome that came or didn’t is 1 or 0, or yes or no.`)
  })
}

function numberClusters({ codes, numbers }: RawColumn, whole: Int32Array): NonNullable<Design['clusters']> {
  const seen = new Map<string, number>()
  const of = Int32Array.from(whole, (row) => {
    const key = codes[row] === 0 ? `n${numbers[row]}` : `t${codes[row]}`
    const known = seen.get(key) ?? seen.size
    seen.set(key, known)
    return known
  })
  return { of, count: seen.size }
}
