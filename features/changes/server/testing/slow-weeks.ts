import { localDay } from '../../../../kernel/time.ts'
import { EFFECT_DAYS } from '../../vocabulary.ts'
import { type PlannedPlace, type WeeksPlan, weekOf } from '../weeks-plan.ts'

/** An event as a test invents it. */
export interface SlowEvent {
  who: string
  at: number
  isPage: boolean
  isOrder: boolean
  arrival: string
  touchpoint: string
  isPhone: boolean
  region: string
  valence: number | null
  measure: string
  measured: number | null
}

/**
 * The weekly figures by walking through all events of each person for each place and audience: slow, and nothing like
 * the statement. A line of text for each place, audience and week.
 */
export function walkWeeks(
  events: readonly SlowEvent[],
  plan: WeeksPlan,
  audiences: readonly string[],
): string[] {
  const lines: string[] = []
  const people = [...new Set(events.map(({ who }) => who))].map((who) =>
    events.filter((one) => one.who === who).sort((a, b) => a.at - b.at),
  )
  const weekAt = (at: number) => weekOf(localDay(at, plan.timeZone))
  const weeks = [...new Set(events.filter(({ at }) => at < plan.period.to).map(({ at }) => weekAt(at)))]
  const groups = [...new Set(plan.places.map(({ group }) => group).filter((group) => group !== ''))]
  for (const place of [...plan.places.map(({ key }) => key), ...groups])
    for (const audience of ['', ...audiences])
      for (const week of weeks) {
        const found = people.flatMap((own) => {
          const here = own.filter(
            (one) => one.at < plan.period.to && weekAt(one.at) === week && isHere(one, place, plan.places),
          )
          if (here.length === 0 || !belongs(own, audience, week, weekAt)) return []
          return [describePerson(own, here, place, plan)]
        })
        if (found.length > 0) lines.push(`${place} ${audience} ${week}: ${addUp(found)}`)
      }
  return lines.sort()
}

function isHere(one: SlowEvent, key: string, places: readonly PlannedPlace[]): boolean {
  const groupOf = (touchpoint: string) => places.find((place) => place.key === touchpoint)?.group
  if (key.includes('.')) return `${one.touchpoint}.${one.measure}` === key
  return [one.arrival, one.touchpoint].some(
    (touchpoint) => touchpoint !== '' && (touchpoint === key || groupOf(touchpoint) === key),
  )
}

function belongs(own: SlowEvent[], audience: string, week: number, weekAt: (at: number) => number): boolean {
  const [dimension, value] = audience.split(':')
  const page = own.find(({ isPage }) => isPage)
  if (dimension === '') return true
  if (dimension === 'device') return page !== undefined && (page.isPhone ? 'phone' : 'computer') === value
  if (dimension === 'source') return page !== undefined && (page.arrival || 'direct') === value
  if (dimension === 'region') {
    const known = own.find(({ isOrder, region }) => isOrder && region !== '')
    return known !== undefined && known.region === value && weekAt(known.at) <= week
  }
  return (weekAt(own[0]?.at ?? 0) < week ? 'returning' : 'new') === value
}

function describePerson(own: SlowEvent[], here: SlowEvent[], place: string, plan: WeeksPlan): number[] {
  const [touchpoint] = place.split('.')
  const span = EFFECT_DAYS * 86_400_000
  const first = here[0]?.at ?? 0
  const isFollowed = first + span <= plan.now
  const hasOrdered = own.some(({ isOrder, at }) => isOrder && at >= first && at < first + span)
  const mine = here.filter((one) => one.touchpoint === touchpoint)
  const said = mine.flatMap(({ valence }) => (valence === null ? [] : [valence]))
  const kept = mine.flatMap((one) => judge(one, plan.places) ?? [])
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const sums = (values: number[]) => (values.length === 0 ? [0, 0, 0] : [1, mean(values), mean(values) ** 2])
  return [1, Number(isFollowed), Number(isFollowed && hasOrdered), ...sums(said), ...sums(kept)]
}

function judge(
  { touchpoint, measure, measured }: SlowEvent,
  places: readonly PlannedPlace[],
): number | undefined {
  const standard = places
    .find(({ key }) => key === touchpoint)
    ?.standards.find((one) => one.measure === measure)
  if (!standard || measured === null) return undefined
  const badness = standard.sign * measured
  return badness <= standard.good ? 1 : badness <= standard.bad ? 0.5 : 0
}

const addUp = (rows: number[][]) =>
  (rows[0] ?? []).map((_, at) => rows.reduce((sum, row) => sum + (row[at] as number), 0).toFixed(6)).join(' ')
