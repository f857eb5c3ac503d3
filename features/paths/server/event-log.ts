/** Events of many cases, by case and within a case by time; events of one time keep the order of the file. */
export interface EventLog {
  cases: number
  events: number
  /** Names by activity number, in the order in which the file brings them. */
  activities: string[]
  /** The events of case c: from `starts[c]` to before `starts[c + 1]`. */
  starts: Int32Array
  activity: Int32Array
  /** Milliseconds since 1970; NaN where the file doesn't say. */
  time: Float64Array
}

/** Takes events in any order; 16 bytes each, whatever their text. */
export interface EventCollector {
  add(caseNumber: number, activity: string, time: number): void
  finish(): EventLog
}

const FIRST_CAPACITY = 4096

export function createEventCollector(): EventCollector {
  const activities: string[] = []
  const numbers = new Map<string, number>()
  let cases = 0
  let events = 0
  let caseOf = new Int32Array(FIRST_CAPACITY)
  let activity = new Int32Array(FIRST_CAPACITY)
  let time = new Float64Array(FIRST_CAPACITY)

  function grow(): void {
    caseOf = widen(caseOf, Int32Array)
    activity = widen(activity, Int32Array)
    time = widen(time, Float64Array)
  }

  return {
    add(caseNumber, name, at) {
      if (events === caseOf.length) grow()
      let number = numbers.get(name)
      if (number === undefined) {
        number = activities.push(name) - 1
        numbers.set(name, number)
      }
      caseOf[events] = caseNumber
      activity[events] = number
      time[events] = at
      events += 1
      if (caseNumber >= cases) cases = caseNumber + 1
    },
    finish: () => arrange(activities, cases, events, caseOf, activity, time),
  }
}

function widen<T extends Int32Array | Float64Array>(old: T, Kind: { new (size: number): T }): T {
  const wider = new Kind(old.length * 2)
  wider.set(old)
  return wider
}

function arrange(
  activities: string[],
  cases: number,
  events: number,
  caseOf: Int32Array,
  activity: Int32Array,
  time: Float64Array,
): EventLog {
  const starts = new Int32Array(cases + 1)
  for (let at = 0; at < events; at++) {
    const c = caseOf[at] as number
    starts[c + 1] = (starts[c + 1] as number) + 1
  }
  for (let c = 0; c < cases; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number)
  const next = starts.slice()
  const log: EventLog = {
    cases,
    events,
    activities,
    starts,
    activity: new Int32Array(events),
    time: new Float64Array(events),
  }
  for (let at = 0; at < events; at++) {
    const c = caseOf[at] as number
    const place = next[c] as number
    next[c] = place + 1
    log.activity[place] = activity[at] as number
    log.time[place] = time[at] as number
  }
  for (let c = 0; c < cases; c++) sortCase(log, starts[c] as number, starts[c + 1] as number)
  return log
}

/** Most files hold each case in order of time, so that is looked at first. A case without times stays as it is. */
function sortCase({ activity, time }: EventLog, from: number, to: number): void {
  let isSorted = true
  for (let at = from + 1; at < to && isSorted; at++)
    isSorted = !((time[at] as number) < (time[at - 1] as number))
  if (isSorted || time.subarray(from, to).some(Number.isNaN)) return
  const times = time.slice(from, to)
  const activities = activity.slice(from, to)
  const order = Array.from(times, (_, at) => at)
  order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b)
  order.forEach((old, at) => {
    time[from + at] = times[old] as number
    activity[from + at] = activities[old] as number
  })
}
