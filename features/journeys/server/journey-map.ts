import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { readDataVersion } from '../../reports/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { JourneyMap } from '../contract.ts'
import { periodBefore, type Question } from './map-question.ts'
import { type Picture, type PictureQuestion, takePicture } from './picture.ts'
import { getSegmentKey } from './ready-segment.ts'
import { chooseSentences } from './sentences.ts'

const MIN_AGE_MS = 10_000
const MAX_SIZE = 32_000_000

const caches = new WeakMap<Deps['clickhouse'], ReportCache<Picture>>()

/** The pictures of a system; one memory for each connection to the store. */
function cacheOf({ clickhouse, now }: Deps): ReportCache<Picture> {
  const known = caches.get(clickhouse)
  if (known) return known
  const made = createReportCache<Picture>({ now, minAgeMs: MIN_AGE_MS, rest: 4, maxSize: MAX_SIZE })
  caches.set(clickhouse, made)
  return made
}

/** The answer to a question: its picture, the one it is compared with, and what both together say. */
export async function answerQuestion(deps: Deps, question: Question): Promise<JourneyMap> {
  // A segment that isn't there is told before anything dear is asked.
  const [version] = await Promise.all([
    readDataVersion(deps, question.shop),
    question.compare && getSegmentKey(deps, { ...question, ...question.compare }),
  ])
  const before = { ...question, period: periodBefore(question) }
  const find = (asked: PictureQuestion) => findPicture(deps, asked, version)
  const [now, earlier] = await Promise.all([find(question), find(before)])
  const compared = question.compare ? await find({ ...question, ...question.compare }) : null
  return {
    meta: { ...now.meta, lagSeconds: deps.runner.lagSeconds() },
    stages: now.stages,
    ...chooseSentences(now.stages, earlier.stages),
    compared,
  }
}

/** The picture of a question, from memory while the data's version is the same. */
export async function findPicture(deps: Deps, question: PictureQuestion, version: string): Promise<Picture> {
  const { shop, zone, period } = question
  const [rules, segment] = await Promise.all([getRegistry(deps, shop), getSegmentKey(deps, question)])
  // Another zone, other rules and a changed segment are another question: whoever changed them sees it at once, however young the answer.
  const key = `${shop} ${zone} ${rules.version} ${period.from} ${period.to} ${segment}`
  return cacheOf(deps).get(key, version, () => takePicture(deps, question))
}
