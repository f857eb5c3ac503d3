import { AppError } from '../../../kernel/errors.ts'
import { type BadRows, findColumn, getColumn, openRows, parseNumber } from '../../imports/server/reads.ts'
import type { PathWeight } from './models/model.ts'
import { MAX_CHANNELS } from './models/transition-counts.ts'

export interface PathColumns {
  path: string
  conversions: string
  value: string
  nulls: string
}

export interface PathsQuestion {
  file: string
  columns: PathColumns
  separator: string
  withNulls: boolean
}

export interface PathsRead {
  /** Names by channel number, in the order in which the file brings them. */
  channels: string[]
  rows: number
  totals: PathWeight
  hasValue: boolean
  hasUnusedNulls: boolean
}

/** Channel numbers by name, growing as names come. */
export interface ChannelNames {
  names: string[]
  numbers: Map<string, number>
}

export function createChannelNames(): ChannelNames {
  return { names: [], numbers: new Map() }
}

/** Reads a table of paths row by row; nothing but channel names and totals is kept. */
export async function readPaths(
  question: PathsQuestion,
  bad: BadRows,
  channels: ChannelNames,
  onPath: (steps: readonly number[], weight: PathWeight) => void,
): Promise<PathsRead> {
  const { columns, read } = await openRows(question.file, bad)
  const places = findPlaces(columns, question)
  const totals: PathWeight = { conversions: 0, value: 0, nulls: 0 }
  const rows = await read((cells, line) => {
    const steps = readSteps(cells[places.path] as string, question.separator, channels)
    const weight = typeof steps === 'string' ? steps : readWeight(cells, places)
    if (typeof steps === 'string' || typeof weight === 'string') {
      bad.refuse(line, typeof steps === 'string' ? steps : (weight as string))
      return
    }
    totals.conversions += weight.conversions
    totals.value += weight.value
    totals.nulls += weight.nulls
    onPath(steps, weight)
  })
  const hasUnusedNulls = !question.withNulls && findColumn(columns, question.columns.nulls) !== undefined
  return { channels: channels.names, rows, totals, hasValue: places.value !== undefined, hasUnusedNulls }
}

interface Places {
  path: number
  conversions: number
  value: number | undefined
  nulls: number | undefined
  names: PathColumns
}

/** Without a column of value paths are worth nothing, unless its name was asked for. */
function findPlaces(columns: readonly string[], { columns: names, withNulls }: PathsQuestion): Places {
  return {
    path: getColumn(columns, names.path, '--path-column'),
    conversions: getColumn(columns, names.conversions, '--conversions-column'),
    value:
      names.value === 'value'
        ? findColumn(columns, 'value')
        : getColumn(columns, names.value, '--value-column'),
    nulls: withNulls ? getColumn(columns, names.nulls, '--nulls-column') : undefined,
    names,
  }
}

/** The channel numbers of a path, or what is wrong with it. */
function readSteps(text: string, separator: string, channels: ChannelNames): number[] | string {
  const names = text.split(separator)
  const steps: number[] = []
  for (let at = 0; at < names.length; at++) {
    const name = (names[at] as string).trim()
    if (name === '') return describeEmptyStep(at, names.length)
    steps.push(channels.numbers.get(name) ?? openChannel(channels, name))
  }
  return steps
}

function openChannel({ names, numbers }: ChannelNames, name: string): number {
  const number = names.push(name) - 1
  if (number >= MAX_CHANNELS) {
    throw new AppError(
      'unprocessable',
      'There are more than a million different channels. Is --path-column the right one, and --separator?',
    )
  }
  numbers.set(name, number)
  return number
}

function describeEmptyStep(at: number, steps: number): string {
  return steps === 1 ? 'the path is empty.' : `step ${at + 1} of ${steps} of the path is empty.`
}

/** The numbers of a row, blanks being 0, or what is wrong with them. */
function readWeight(cells: readonly string[], places: Places): PathWeight | string {
  const { names } = places
  const conversions = readAmount(cells[places.conversions] as string, names.conversions)
  if (typeof conversions === 'string') return conversions
  const value = places.value === undefined ? 0 : readAmount(cells[places.value] as string, names.value)
  if (typeof value === 'string') return value
  const nulls = places.nulls === undefined ? 0 : readAmount(cells[places.nulls] as string, names.nulls)
  if (typeof nulls === 'string') return nulls
  if (value > 0 && conversions === 0) return `“${names.value}” is ${value}, but there are no conversions.`
  return { conversions, value, nulls }
}

function readAmount(text: string, column: string): number | string {
  if (text === '') return 0
  const amount = parseNumber(text)
  if (amount === undefined) {
    if (text.trim() === '') return 0
    return `“${column}” is “${text.slice(0, 40)}”, which is not a number like 12 or 12.5.`
  }
  return amount < 0 ? `“${column}” is ${amount}; it can’t be negative.` : amount
}
