import type { Registry } from '../../touchpoints/contract.ts'
import { bitOf, CARE_WAYS, wayOf } from '../vocabulary.ts'

/** By which way of care an event counts, as look-up tables for a statement. Bits are those of vocabulary.ts. */
export interface CareCodes {
  /** Touchpoints at which a customer asks for care, and the bit of each when its event names no way; 0 for none. */
  touchpoints: string[]
  usual: number[]
  /** Channels that say by which way it was asked, and their bits. */
  channels: string[]
  bits: number[]
  /** Touchpoints that are one way whatever the channel of their event. */
  fixed: string[]
  fixedBits: number[]
}

/** Touchpoints of other stages at which customers ask too, if their events say by which way. */
const ASKED_ELSEWHERE = ['where_is_order', 'complaint', 'warranty']
const TALKS = [...CARE_WAYS.filter((way) => way !== 'faq'), 'form'] as const

/** Care is asked for at the touchpoints of the contact stage and where answers to questions are read. */
export function codeCare({ touchpoints }: Pick<Registry, 'touchpoints'>): CareCodes {
  const asked = touchpoints.filter(
    ({ key, stage, isOn }) => isOn && (stage === 'contact' || ASKED_ELSEWHERE.includes(key)) && key !== 'faq',
  )
  const usual = ({ key, channel }: { key: string; channel: string }) => {
    const way = ASKED_ELSEWHERE.includes(key) ? undefined : wayOf(channel)
    return way === undefined ? 0 : bitOf(way)
  }
  const hasAnswers = touchpoints.some(({ key, isOn }) => key === 'faq' && isOn)
  return {
    touchpoints: asked.map(({ key }) => key),
    usual: asked.map(usual),
    channels: [...TALKS],
    bits: TALKS.map((channel) => bitOf(wayOf(channel) ?? 'email')),
    fixed: hasAnswers ? ['faq'] : [],
    fixedBits: hasAnswers ? [bitOf('faq')] : [],
  }
}
