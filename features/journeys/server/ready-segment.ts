import type { Deps } from '../../../platform/room.ts'
import { segmentPersons } from '../../segments/server/reads.ts'
import type { Question } from './map-question.ts'
import { type ReadySegment, writeSegment } from './segment.ts'

type Asked = Pick<Question, 'shop' | 'zone' | 'currency' | 'period' | 'segment'>

/** The segment of a question, ready for a statement; fails with `not_found` for one that isn't saved, or isn't any more. */
export async function getReadySegment({ db, now }: Deps, asked: Asked): Promise<ReadySegment> {
  const { shop, zone, currency, period, segment } = asked
  if (segment.key !== 'saved') return segment
  const context = { id: shop, timeZone: zone, currency, now: now(), period }
  return { ...segment, persons: await segmentPersons(db, context, segment.id) }
}

/** The segment of a question as part of a cache's key: whoever changes a saved one sees it at once. */
export async function getSegmentKey(deps: Deps, asked: Asked): Promise<string> {
  const segment = await getReadySegment(deps, asked)
  return segment.key === 'saved'
    ? `${writeSegment(segment)} ${segment.persons.version}`
    : writeSegment(segment)
}
