import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../web/ui/tone.ts'
import type { OrderListItem, OrderState } from '../contract.ts'

/** What a state means to the shop: goodwill and money won, lost, or still on the way. */
export const stateTones: Record<OrderState, Tone> = {
  placed: 'even',
  confirmed: 'even',
  packed: 'even',
  shipped: 'even',
  arrived: 'even',
  received: 'won',
  refused: 'lost',
  returned: 'lost',
  cancelled: 'lost',
}

export type DeliveryWords = { text: string; tone: Tone } | null

/** Whether the promise was kept, in words; null while there is nothing to say. */
export function useDeliveryWords(): (order: Pick<OrderListItem, 'lateDays' | 'isOverdue'>) => DeliveryWords {
  const { t } = useTranslation('orders')
  return ({ lateDays, isOverdue }) => {
    if (lateDays !== null && lateDays > 0)
      return { text: t('delivery.late', { count: lateDays }), tone: 'lost' }
    if (lateDays !== null && lateDays < 0)
      return { text: t('delivery.early', { count: -lateDays }), tone: 'won' }
    if (lateDays === 0) return { text: t('delivery.onTime'), tone: 'won' }
    return isOverdue ? { text: t('delivery.overdue'), tone: 'lost' } : null
  }
}
