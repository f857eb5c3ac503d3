import type { PresetKey, RowPreview } from '../contract.ts'
import { type InputFile, isTrouble, type Message, type PresetOptions } from './import-stage.ts'
import { sampleTable } from './mapping/sample-table.ts'
import { presets } from './presets/preset-list.ts'

const GOOD_SHOWN = 4
const BAD_SHOWN = 3

/** What the first rows become, good ones and bad ones, without recording anything. */
export async function sampleRows(
  preset: PresetKey,
  files: readonly InputFile[],
  options: PresetOptions,
): Promise<{ sample: RowPreview[]; rows: number; bad: number }> {
  const [stage] = await presets[preset].prepare(files, options)
  if (!stage) return { sample: [], rows: 0, bad: 0 }
  const table = await sampleTable(stage.file)
  const read = stage.compile(table.columns)
  const good: RowPreview[] = []
  const bad: RowPreview[] = table.bad.map(({ line, problem, detail }) => refuse(line, problem, detail))
  for (const { line, cells } of table.rows) {
    const outcome = read(cells)
    if (isTrouble(outcome)) bad.push(refuse(line, outcome.problem, outcome.detail))
    else if (outcome.length > 0) good.push(describe(line, outcome))
  }
  const sample = [...good.slice(0, GOOD_SHOWN), ...bad.slice(0, BAD_SHOWN)].sort((a, b) => a.line - b.line)
  return { sample, rows: table.rows.length + table.bad.length, bad: bad.length }
}

function refuse(line: number, reason: string, detail: string): RowPreview {
  return { line, events: [], person: null, problem: { reason, detail } }
}

function describe(line: number, messages: readonly Message[]): RowPreview {
  const [first] = messages
  const traits = (first?.context?.traits ?? {}) as { email?: string; phone?: string }
  return {
    line,
    events: messages
      .filter(({ type }) => type !== 'identify')
      .map(({ type, event, timestamp, properties }) => ({
        name: event ?? type,
        at: timestamp ?? null,
        properties: properties ?? {},
      })),
    person: first?.userId ?? traits.email ?? traits.phone ?? first?.anonymousId ?? null,
    problem: null,
  }
}
