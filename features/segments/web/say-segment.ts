import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../kernel/filter/schema.ts'
import { formatDay, formatMoney, formatNumber, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { Condition, ConditionAbout, Definition, Times, When, Which } from '../contract.ts'
import { lastDayOf } from './day-range.ts'
import { isGroup, type Part, toPart } from './tree.ts'
import { useChosenNames } from './use-names.ts'

type Say = (key: string, values?: Record<string, unknown>) => string

/** What a segment means, as one sentence in the member's language: «Люди, у кого … и чья …». */
export function useSaySegment() {
  const { t } = useTranslation('segments')
  const names = useChosenNames()
  const locale = useLocale()
  const { currency } = useShop()
  const speech: Speech = {
    say: t as unknown as Say,
    names,
    day: (text) => formatDay(text, locale),
    money: (minor) => formatMoney(minor, currency, locale),
    number: (value) => formatNumber(value, locale),
    list: (parts, type) => new Intl.ListFormat(locale, { type }).format(parts),
  }
  return {
    segment: (definition: Definition) => saySegment(definition, speech),
    condition: (condition: Condition) => sayCondition(condition, speech),
  }
}

interface Speech {
  say: Say
  names: ReturnType<typeof useChosenNames>
  day: (text: string) => string
  money: (minor: number) => string
  number: (value: number) => string
  /** «A, B и C», «A, B или C». */
  list: (parts: string[], type: 'conjunction' | 'disjunction') => string
}

function saySegment(definition: Definition, speech: Speech): string {
  const part = toPart(definition)
  if (isGroup(part) && part.parts.length === 0)
    return speech.say(part.mode === 'any' ? 'say.nobody' : 'say.everybody')
  return speech.say('say.people', { who: sayPart(part, speech, true) })
}

function sayPart(part: Part, speech: Speech, isOutermost = false): string {
  if (!isGroup(part)) return sayCondition(part, speech)
  const { say } = speech
  if (part.parts.length === 0) return say(part.mode === 'any' ? 'say.nobodyInside' : 'say.everybodyInside')
  const said = speech.list(
    part.parts.map((one) => sayPart(one, speech)),
    part.mode === 'all' ? 'conjunction' : 'disjunction',
  )
  if (part.mode === 'none') return say('say.none', { who: said })
  return isOutermost || part.parts.length === 1 ? said : `(${said})`
}

function sayCondition(condition: Condition, speech: Speech): string {
  const { say, names } = speech
  const when = 'when' in condition ? sayWhen(condition.when, speech) : ''
  switch (condition.about) {
    case 'known':
      return say(condition.is ? 'say.known' : 'say.unknown')
    case 'trait':
      return say('say.trait', { rule: sayFilter(condition.where, say) })
    case 'event':
      return sayEvent(condition, when, speech)
    case 'sequence':
      return saySequence(condition, when, speech)
    case 'orders':
      return say(condition.state === 'placed' ? 'say.ordersPlaced' : 'say.orders', {
        state: names.state(condition.state),
        times: sayCount('orderCount', condition.times, say),
        when,
      })
    case 'spent':
      return say(`say.${condition.state === 'placed' ? 'spentPlaced' : 'spent'}.${condition.how}`, {
        money: speech.money(condition.amount),
        state: names.state(condition.state),
        when,
      })
    case 'last_order':
      return say(`say.lastOrder.${condition.how}`, { count: condition.days })
    case 'answer':
      return say(`say.answer.${condition.which}`, {
        kind: names.feedback(condition.kind),
        low: speech.number(condition.low),
        high: speech.number(condition.high),
        when,
      })
    case 'touch':
      return say(`say.touch.${condition.which}`, {
        by: say(`touchBy.${condition.by}`),
        values: speech.list(
          condition.values.map((value) => names.touchValue(condition.by, value)),
          'disjunction',
        ),
      })
    case 'device':
      return say(`say.device.${condition.is}`, { when })
    case 'parcel':
      return say(`say.parcel.${condition.which}.${condition.is}`, { when })
    case 'attitude':
      return say(`say.attitude.${condition.how}`, {
        value: speech.number(condition.value),
        count: condition.answers,
        when,
      })
    case 'segment':
      return say('say.segment', { name: names.segment(condition.segment) })
  }
}

function sayEvent({ which, times }: ConditionAbout<'event'>, when: string, speech: Speech): string {
  const { say } = speech
  const what = sayWhich(which, speech)
  if (times.how === 'exactly' && times.n === 0) return say('say.never', { what, when })
  if (times.how === 'at_least' && times.n === 1) return say('say.did', { what, when })
  return say('say.didTimes', { what, times: sayCount('timesCount', times, say), when })
}

function saySequence(
  { steps, withinDays }: ConditionAbout<'sequence'>,
  when: string,
  speech: Speech,
): string {
  const { say } = speech
  const chain = steps.map((step) => sayWhich(step, speech)).join(' → ')
  const within = withinDays === undefined ? '' : say('say.within', { count: withinDays })
  return say('say.sequence', { chain, within, when })
}

const sayCount = (key: string, { how, n }: Times, say: Say): string =>
  how === 'exactly' && n === 0 ? say(`say.${key}.none`) : say(`say.${key}.${how}`, { count: n })

/** «Чат», «этап „Сайт“», «Cart Viewed (plan – gold)». */
function sayWhich({ name, touchpoint, stage, channel, where }: Which, { say, names }: Speech): string {
  const said: string[] = []
  if (touchpoint !== undefined) said.push(say('say.touchpoint', { name: names.touchpoint(touchpoint) }))
  if (stage !== undefined) said.push(say('say.stage', { name: names.stage(stage) }))
  if (channel !== undefined) said.push(say('say.channel', { name: names.channel(channel) }))
  if (name !== undefined) said.push(say('say.eventName', { name }))
  if (where !== undefined)
    said.push(`${said.length > 0 ? '' : say('say.anyEvent')} (${sayFilter(where, say)})`)
  return said.join(', ').replace(', (', ' (').replace(',  (', ' (').trim()
}

/** «city – Киев». What is more than one condition is only named. */
export function sayFilter(where: Filter, say: Say): string {
  if (!('field' in where)) return say('say.ownRule')
  const field = where.field.replace(/^(?:traits|properties|context)\./, '')
  const value = Array.isArray(where.value) ? where.value.join(', ') : String(where.value ?? '…')
  return say(`say.ops.${where.op}`, {
    field,
    value: value === '' ? '…' : value,
    defaultValue: say('say.ownRule'),
  })
}

function sayWhen(when: When | undefined, { say, day }: Speech): string {
  if (!when) return ''
  if ('lastDays' in when) return say('say.when.last', { count: when.lastDays })
  if ('period' in when) return say('say.when.report')
  return say('say.when.between', { from: day(when.from), to: day(lastDayOf(when.to)) })
}
