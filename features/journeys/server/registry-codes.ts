import type { Registry, Standard, Touchpoint } from '../../touchpoints/contract.ts'

/** Numbers that stand for the registry's keys inside the store: stages and touchpoints count from 1, 0 is none. */
export interface RegistryCodes {
  version: number
  stages: string[]
  touchpoints: CodedTouchpoint[]
  standards: CodedStandard[]
  measures: string[]
}

export interface CodedTouchpoint {
  key: string
  code: number
  stage: number
  whileOrdered: number
  afterReceipt: number
}

export interface CodedStandard {
  /** Of the touchpoint. */
  code: number
  measure: string
  /** Place of the measure in `measures`, from 1. */
  measureCode: number
  standard: Standard
}

/**
 * Codes rise along the path, so that contacts of the same instant stand in the order in which a customer would have
 * lived them. Touchpoints that are switched off, or whose stage is gone, have no code and are not on the map.
 */
export function codeRegistry(registry: Registry): RegistryCodes {
  const stages = registry.stages.map(({ key }) => key)
  const stageOf = (key: string | null) => (key === null ? 0 : stages.indexOf(key) + 1)
  const shown = registry.touchpoints
    .filter((touchpoint) => touchpoint.isOn && stageOf(touchpoint.stage) > 0)
    .sort((a, b) => stageOf(a.stage) - stageOf(b.stage))
  const touchpoints = shown.map((touchpoint, index) => {
    const stage = stageOf(touchpoint.stage)
    return {
      key: touchpoint.key,
      code: index + 1,
      stage,
      whileOrdered: stageOf(touchpoint.stageWhileOrdered) || stage,
      afterReceipt: stageOf(touchpoint.stageAfterReceipt) || stage,
    }
  })
  const measures = [...new Set(shown.flatMap(({ standards }) => standards.map(({ measure }) => measure)))]
  return {
    version: registry.version,
    stages,
    touchpoints,
    measures,
    standards: codeStandards(shown, measures),
  }
}

function codeStandards(shown: readonly Touchpoint[], measures: readonly string[]): CodedStandard[] {
  return shown.flatMap(({ standards }, index) =>
    standards.map((standard) => ({
      code: index + 1,
      measure: standard.measure,
      measureCode: measures.indexOf(standard.measure) + 1,
      standard,
    })),
  )
}
