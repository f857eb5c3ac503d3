import {
  IconBox,
  IconBuildingWarehouse,
  IconCash,
  IconCheck,
  IconCircleX,
  IconHome,
  IconPackage,
  IconRotate2,
  IconShoppingCart,
  IconTruckDelivery,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime, DayText } from '../../../web/ui/date-time.tsx'
import type { Tone } from '../../../web/ui/tone.ts'
import type { OrderDetail, OrderStep } from '../contract.ts'
import classes from './order-track.module.css'
import { stateTones, useDeliveryWords } from './order-words.ts'

const icons: Record<OrderStep['state'], ComponentType<{ size?: number; stroke?: number }>> = {
  placed: IconShoppingCart,
  confirmed: IconCheck,
  paid: IconCash,
  packed: IconBox,
  shipped: IconTruckDelivery,
  arrived: IconBuildingWarehouse,
  received: IconHome,
  refused: IconCircleX,
  returned: IconRotate2,
  cancelled: IconCircleX,
}

type Stop = { key: string; step?: OrderStep; tone: Tone; day: string; isPromise: boolean }

/** The order's life from left to right (down on a phone): every step with its day, the promised day among them. */
export function OrderTrack({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const deliveryOf = useDeliveryWords()
  return (
    <ol className={classes.track}>
      {findStops(order).map(({ key, step, tone, day, isPromise }) => {
        const Icon = step ? icons[step.state] : IconPackage
        return (
          <li key={key} className={classes.stop} data-tone={tone} data-promise={isPromise || undefined}>
            <span className={classes.mark} aria-hidden="true">
              <Icon size={17} stroke={1.8} />
            </span>
            <div className={classes.words}>
              <strong>{step ? t(`step.${step.state}`) : t('step.promised')}</strong>
              <DayText day={day} />
              {step && !step.isTimeUnknown && (
                <small data-quiet>
                  <DateTime at={step.at} show="time" />
                </small>
              )}
              {isPromise && deliveryOf(order) && (
                <small className={classes.verdict}>{deliveryOf(order)?.text}</small>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Pure: steps in the order of time, with the judged promise at the end of its day. */
function findStops(order: OrderDetail): Stop[] {
  const steps = order.steps.map((step, index): Stop & { sort: string } => ({
    key: `${step.state}-${index}`,
    step,
    tone: step.state === 'paid' ? 'won' : stateTones[step.state],
    day: step.on,
    isPromise: false,
    sort: `${step.on} 0 ${step.at}`,
  }))
  const { promisedOn, lateDays, isOverdue } = order
  if (promisedOn !== null) {
    const isBroken = isOverdue || (lateDays ?? 0) > 0
    const tone = isBroken ? 'lost' : lateDays === null ? 'quiet' : 'won'
    steps.push({ key: 'promise', tone, day: promisedOn, isPromise: true, sort: `${promisedOn} 1` })
  }
  return steps.sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0))
}
