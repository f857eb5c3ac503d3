import { AppError } from '../../../kernel/errors.ts'
import { createPrng } from '../../../kernel/prng.ts'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { formatCount, formatShare, formatTable } from '../../../platform/text-table.ts'
import { createBadRows } from '../../imports/server/reads.ts'
import { type DesignQuestion, type MadeDesign, makeDesign } from './make-design.ts'
import { type DriversAnswer, type DriversOptions, findDrivers } from './models/find-drivers.ts'
import { readRows } from './read-rows.ts'

export const FAMILIES = ['gaussian', 'binomial'] as const

export interface DriversArgs extends DesignQuestion, Omit<DriversOptions, 'errors'> {
  robust: boolean
  mayLeaveOut: boolean
}

/** `tropa analyse drivers <file>`. */
export async function analyseDrivers(
  file: string,
  args: DriversArgs,
  output: CommandOutput,
): Promise<DriversAnswer> {
  checkNames(args)
  const bad = createBadRows(args.mayLeaveOut)
  const { outcome, predictors, categorical, cluster, robust } = args
  const names = [outcome, ...predictors, ...(cluster === undefined ? [] : [cluster])]
  const table = await readRows(file, names, '--outcome, --predictors or --cluster', new Set(categorical), bad)
  const made = makeDesign(table, args)
  const errors = cluster !== undefined ? 'clustered' : robust ? 'robust' : 'classical'
  const { answer, remarks } = findDrivers(made.design, { ...args, errors }, createPrng('drivers'))
  if (answer.coefficients.some((one) => ![one.estimate, one.low, one.high, one.p].every(Number.isFinite))) {
    throw new AppError(
      'unprocessable',
      'The numbers are too large or too small to reckon with. Use other units.',
    )
  }
  if (bad.first) {
    output.remark(`${formatCount(bad.count)} rows were left out; line ${bad.first.line}: ${bad.first.reason}`)
  }
  for (const remark of [...tellTable(table.rows, made, args), ...remarks]) output.remark(remark)
  output.json(answer)
  for (const line of tellAnswer(answer, args)) output.line(line)
  return answer
}

function checkNames({ outcome, predictors, categorical }: DriversArgs): void {
  const twice = predictors.find((name, at) => predictors.indexOf(name) !== at)
  if (twice !== undefined) throw new AppError('bad_request', `“${twice}” is among the predictors twice.`)
  if (predictors.includes(outcome))
    throw new AppError('bad_request', `“${outcome}” is the outcome, so it can’t be a predictor.`)
  const stray = categorical.find((name) => !predictors.includes(name))
  if (stray !== undefined) throw new AppError('bad_request', `“${stray}” is categorical, but no predictor.`)
}

function tellTable(
  rows: number,
  { design, references, missing }: MadeDesign,
  { family }: DriversArgs,
): string[] {
  const remarks: string[] = []
  if (design.n < rows) {
    const lacking = missing.map(({ name, rows: count }) => `${name} ${formatCount(count)}`).join(', ')
    remarks.push(
      `${formatCount(rows - design.n)} of ${formatCount(rows)} rows lack something and are left out: ${lacking}.`,
    )
  }
  for (const { name, level } of references) remarks.push(`“${name}” is compared with “${level}”.`)
  if (family === 'gaussian' && design.outcome.every((value) => value === 0 || value === 1))
    remarks.push('The outcome is 0 or 1 in every row; --family binomial is meant for that.')
  return remarks
}

function tellAnswer({ n, coefficients, importance, r2 }: DriversAnswer, { family }: DriversArgs): string[] {
  const number = (title: string) => ({ title, isNumber: true })
  const effect = family === 'binomial' ? 'log odds' : 'effect'
  return [
    `${formatCount(n)} rows. ${family === 'binomial' ? 'McFadden’s R²' : 'R²'} ${r2.toFixed(4)}.`,
    '',
    ...formatTable(
      [{ title: 'coefficient' }, number(effect), number('from'), number('to (95 %)'), number('p')],
      coefficients.map(({ name, estimate, low, high, p }) => [
        name,
        ...[estimate, low, high].map((value) => String(Number(value.toPrecision(5)))),
        p < 0.0001 ? '<0.0001' : p.toFixed(4),
      ]),
    ),
    '',
    ...formatTable(
      [{ title: 'predictor' }, number('of what is explained')],
      importance.map(({ name, share }) => [name, formatShare(share)]),
    ),
    '',
    'Going together is not causing: what predicts the outcome need not bring it about.',
  ]
}
