import { addDays } from '../../reports/web/parts.ts'
import type { Cohorts, Retention } from '../contract.ts'

export interface Told {
  cell: Retention
  /** The number of the stretch, from 1. */
  n: number
}

export interface News {
  /** Who came back by the end of the first stretch. */
  soon: Told | undefined
  /** …and by the end of the last one that is over for half of those people. */
  far: Told | undefined
  /** Where most come in the first stretch: the one from which fewer come than half as many. */
  fades: Told | undefined
}

const FLOOR = 30
/** Whoever came so shortly before the record begins isn't in it, and looks new in its first weeks. */
const BEGINNING_DAYS = 28

/** What is worth a sentence in a mean curve. */
export function findNews({ mean }: Pick<Cohorts, 'mean'>): News {
  const told = mean.flatMap((cell, at): Told[] => (cell && cell.of >= FLOOR ? [{ cell, n: at + 1 }] : []))
  const soon = told.find(({ n }) => n === 1)
  const far = told.filter(({ n, cell }) => n > 1 && cell.of >= (soon?.cell.of ?? 0) / 2).at(-1)
  const first = soon?.cell.within
  const isPeak = first && first.low > 0 && told.every(({ cell }) => cell.within.share <= first.share)
  const fades = isPeak ? told.find(({ cell }) => cell.within.high < first.low / 2) : undefined
  return { soon, far, fades }
}

/** Some of the cohorts lie at the beginning of the record, where old customers look new. */
export function isBeginning({ cohorts, historyFrom }: Pick<Cohorts, 'cohorts' | 'historyFrom'>): boolean {
  const first = cohorts.find(({ n }) => n > 0)
  return historyFrom !== null && first !== undefined && first.from < addDays(historyFrom, BEGINNING_DAYS)
}
