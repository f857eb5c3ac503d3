import type { Evidence as EvidenceAnswer } from '../../contract.ts'
import type { Evidence } from '../linking/claims.ts'
import type { MeetingEvidence } from '../linking/link-state.ts'

/** Evidence as it is stored → as the API tells it. */
export function toEvidence(evidence: Evidence | MeetingEvidence): EvidenceAnswer {
  const { rule, with: beside, event, messageId, at, source } = evidence
  const via = 'via' in evidence ? evidence.via : undefined
  return {
    rule,
    ...(beside && { with: { kind: beside.kind, value: beside.value, identity: beside.identity } }),
    ...(via && { via }),
    event,
    messageId,
    at: new Date(at).toISOString(),
    source,
  }
}
