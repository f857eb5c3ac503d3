import {
  type Check,
  checkClickhouse,
  checkClocks,
  checkDisk,
  checkLag,
  checkMemory,
  checkNode,
  checkParts,
  checkPostgres,
  checkReachable,
  checkSystem,
  type DoctorContext,
  type Finding,
} from './checks.ts'

const checks: Record<string, Check> = {
  node: checkNode,
  disk: checkDisk,
  memory: checkMemory,
  postgres: checkPostgres,
  clickhouse: checkClickhouse,
  clocks: checkClocks,
  lag: checkLag,
  parts: checkParts,
  system: checkSystem,
  reachable: checkReachable,
}

/** Looks at everything that can keep a shop's history from being safe or complete. A check that fails is a finding. */
export async function examine(context: DoctorContext): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [name, check] of Object.entries(checks)) {
    try {
      findings.push(...(await check(context)))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      findings.push({ check: name, health: 'bad', key: 'broken', values: { check: name, why } })
    }
  }
  return findings
}
