import { AppError } from '../../../kernel/errors.ts'
import { DAY_MS, formatDay, localDay, parseDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { listDecisions } from '../../decisions/server/reads.ts'
import {
  answerReport,
  type GroundSide,
  type ReadReportQuestion,
  readReportQuestion,
} from '../../reports/server/reads.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type {
  Alarm,
  ChangesAnswer,
  ChangesQuestion,
  SeenAlarm,
  WeeklyAnswer,
  WeeklyQuestion,
} from '../contract.ts'
import { METRICS } from '../vocabulary.ts'
import { keepAlarms, listAlarmsSince } from './alarm-store.ts'
import { lookAtShop } from './look.ts'
import { type Figures, touchpointOf } from './models/figures.ts'
import { makeTrend } from './models/make-trend.ts'
import { readWeeklyData } from './read-weekly.ts'
import { toFigures } from './weekly-result.ts'
import { mondayOf, planWeeks } from './weeks-plan.ts'

/** So long before a change a decision of the shop may be its cause. */
const BEFORE_DAYS = 14
/** Alarms of so many weeks back are shown. */
const SHOWN_DAYS = 12 * 7
/** Twelve weeks of a past and two since. */
const ENOUGH_WEEKS = 14

type Found = Omit<ChangesAnswer, 'meta' | 'alarms'>

/**
 * What the newest complete weeks tell. Alarms are kept as they are found, so that the page doesn't wait for the night's
 * look; of a sample none is kept.
 */
export async function answerChanges(
  deps: Deps,
  shop: ShopContext,
  asked: ChangesQuestion,
): Promise<ChangesAnswer> {
  const question = await readQuestion(deps, shop, asked)
  const asking = { kind: 'changes', key: [question.period.to], question, isSlow: true }
  const answer = await answerReport<Found>(deps, shop, asking, async (ground) => {
    const { data, look } = await lookAtShop(deps, shop, sampleOf(question, ground))
    if (question.sample === undefined) await keepAlarms(deps.db, shop.id, look.alarms, deps.now())
    const day = (week: number) => formatDay(mondayOf(data.firstWeek + week))
    const touchpoints = data.places.filter(({ group }) => group !== '').length
    const found: Found = {
      firstDay: day(0),
      lastDay: day(data.weeks - 1),
      looked: {
        touchpoints,
        audiences: data.audiences.length + 1,
        weeks: look.weeks,
        series: look.series,
        enough: ENOUGH_WEEKS,
      },
      audiences: data.audiences,
      gaps: look.gaps,
    }
    return { answer: found, unidentifiedShare: data.unidentifiedShare, n: data.persons }
  })
  return { ...answer, alarms: await describeAlarms(deps, shop, question) }
}

/** The weeks are the same for everybody: 78 complete ones. */
async function readQuestion(
  deps: Deps,
  shop: ShopContext,
  { sample }: { sample?: number },
): Promise<ReadReportQuestion> {
  const { registry } = await getRegistry(deps, shop.id)
  const { period } = planWeeks(shop, registry, deps.now())
  const asked = { from: String(period.from), to: String(period.to), ...(sample !== undefined && { sample }) }
  return readReportQuestion(asked, shop, deps.now())
}

function sampleOf({ sample }: ReadReportQuestion, { persons }: GroundSide) {
  return sample === undefined ? undefined : { key: String(sample), persons }
}

async function describeAlarms(
  deps: Deps,
  shop: ShopContext,
  question: ReadReportQuestion,
): Promise<SeenAlarm[]> {
  const today = Math.floor(question.period.to / DAY_MS)
  const alarms = await listAlarmsSince(deps.db, shop.id, formatDay(today - SHOWN_DAYS))
  if (alarms.length === 0) return []
  const figures = toFigures(await readWeeklyData(deps, shop))
  const { registry } = await getRegistry(deps, shop.id)
  const decisions = await listDecisions(deps.db, shop.id)
  const isNear = (alarm: Alarm) => (one: Marked) => isAbout(one, alarm.place, registry)
  return alarms.map((alarm) => describeAlarm(alarm, figures, decisions.filter(isNear(alarm))))
}

function describeAlarm(alarm: Alarm, figures: Figures, decisions: readonly Marked[]): SeenAlarm {
  const last = formatDay(mondayOf(figures.firstWeek + figures.weeks - 1))
  const earliest = shift(alarm.fromDay, -BEFORE_DAYS)
  const near = decisions.filter(({ day }) => day >= earliest && day < shift(alarm.fromDay, 7))
  return {
    ...alarm,
    // The effect is told two weeks later than the rest.
    isOn: shift(alarm.lastDay, 21) > last,
    trend: makeTrend(figures, alarm.metric, alarm.place, alarm.audience),
    decisions: near.map(toMark),
  }
}

type Marked = { id: number; day: string; title: string; stage: string | null; touchpoint: string | null }

const toMark = ({ id, day, title }: Marked) => ({ id, day, title })
const shift = (day: string, days: number) => formatDay((parseDay(day) ?? 0) + days)

/** All metrics of a touchpoint, or of the whole path, for everybody or an audience, week by week. */
export async function answerWeekly(
  deps: Deps,
  shop: ShopContext,
  { touchpoint = '', audience = '', sample }: WeeklyQuestion,
): Promise<WeeklyAnswer> {
  const question = await readQuestion(deps, shop, { sample })
  const key = [touchpoint, audience, question.period.to]
  const asking = { kind: 'weekly', key, question }
  const answer = await answerReport<Omit<WeeklyAnswer, 'decisions' | 'meta'>>(
    deps,
    shop,
    asking,
    async (ground) => {
      const data = await readWeeklyData(deps, shop, sampleOf(question, ground))
      const figures = toFigures(data)
      refuseUnknown(figures, touchpoint, audience)
      const speed = figures.places.find((one) => one.key === touchpoint)?.speed
      const trends = METRICS.map((metric) => ({
        metric,
        points: makeTrend(figures, metric, touchpoint, audience),
      }))
      const answer = {
        touchpoint,
        audience,
        unit: speed?.unit ?? null,
        isUpper: speed?.isUpper ?? false,
        trends: trends.filter(
          ({ metric, points }) =>
            // Everybody is all of everybody, and whoever is there has met the path.
            !(metric === 'share' && (audience === '' || touchpoint !== '')) &&
            !(metric === 'reach' && touchpoint === '') &&
            points.some(({ value }) => value !== null),
        ),
      }
      return { answer, unidentifiedShare: data.unidentifiedShare, n: data.persons }
    },
  )
  return { ...answer, decisions: await listMarks(deps, shop, touchpoint, question.period.from) }
}

/** Read anew each time: an answer is kept while events are the same, and a decision may have been written down since. */
async function listMarks(deps: Deps, shop: ShopContext, place: string, sinceMs: number) {
  const { registry } = await getRegistry(deps, shop.id)
  const from = formatDay(localDay(sinceMs, shop.timeZone))
  const decisions = await listDecisions(deps.db, shop.id, { from })
  return decisions.filter((one) => isAbout(one, place, registry)).map(toMark)
}

/** At the place, on its whole stage, or about the whole path; everything concerns the whole path. */
function isAbout(one: Marked, place: string, { touchpoints }: Pick<Registry, 'touchpoints'>): boolean {
  const key = touchpointOf(place)
  if (key === '' || one.touchpoint === key) return true
  if (one.touchpoint !== null) return false
  return one.stage === null || one.stage === touchpoints.find((other) => other.key === key)?.stage
}

function refuseUnknown({ places, audiences }: Figures, touchpoint: string, audience: string): void {
  if (touchpoint !== '' && !places.some(({ key }) => key === touchpoint))
    throw new AppError('bad_request', `There is no touchpoint "${touchpoint}"; choose one of the registry.`)
  if (audience !== '' && !audiences.some(({ key }) => key === audience))
    throw new AppError('bad_request', 'This audience isn’t followed; choose one of those in "audiences".')
}
