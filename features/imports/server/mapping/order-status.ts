import type { Step } from '../../../orders/server/reads.ts'

/** What shop systems and people call each state, in three languages; compared in lower case. */
const NAMES: Record<Exclude<Step, 'paid'> | 'paid', string> = {
  placed: `new, pending, created, open, processing, in process, on hold, on-hold, awaiting payment, pending payment, unfulfilled,
    draft order, новый, новая, в обработке, обрабатывается, ожидание, ожидает оплаты, принят, принята, оформлен, создан,
    нове, новий, в обробці, обробка, обробляється, очікування, очікує оплати, очікує на оплату, прийнято, оформлено, створено`,
  confirmed: `confirmed, approved, accepted, invoiced, подтвержден, подтверждён, подтверждена, согласован, согласовано, одобрен,
    підтверджено, підтверджений, погоджено, схвалено`,
  paid: 'paid, payment received, оплачен, оплачена, оплачено, сплачено, оплачений',
  packed: `packed, assembled, ready to ship, ready for shipping, picking, awaiting shipment, собран, собрано, упакован, укомплектован,
    комплектуется, передан в доставку, готов к отправке, комплектация, зібрано, запаковано, упаковано, комплектується,
    укомплектовано, готово до відправки, готове до відправлення, комплектація`,
  shipped: `shipped, sent, dispatched, in transit, on its way, fulfilled, out for delivery, delivering, отправлен, отправлена, отправлено,
    отгружен, отгружено, в пути, доставляется, передан курьеру, відправлено, відправлений, відвантажено, в дорозі,
    доставляється, передано кур'єру, передано кур’єру`,
  arrived: `arrived, ready for pickup, ready for pick up, awaiting pickup, at branch, available for pickup, прибыл, прибыло,
    прибыл в отделение, в отделении, готов к выдаче, ожидает получения, ждет в отделении, ждёт в отделении, прибув, прибуло,
    прибуло у відділення, у відділенні, готово до видачі, очікує отримання, очікує у відділенні`,
  received: `received, delivered, completed, complete, done, closed, picked up, bought out, получен, получено, доставлен, доставлено,
    выполнен, выполнено, завершен, завершён, закрыт, выкуплен, вручен, вручено, отримано, отриманий, доставлений, виконано,
    виконаний, завершено, закрито, закритий, викуплено`,
  refused: `refused, rejected, not bought out, undelivered, failed, failed delivery, отказ, отказался, отказ от получения, не выкуплен,
    невыкуп, не забрал, не забрали, не получен, відмова, відмовився, відмова від отримання, не викуплено, невикуп, не забрав,
    не забрали посилку, не отримано`,
  returned: `returned, refunded, return, chargeback, возврат, возвращен, возвращён, возвращено, возврат средств, повернення, повернено,
    повернуто, повернення коштів`,
  cancelled: `cancelled, canceled, voided, void, expired, deleted, unavailable, denied, отменен, отменён, отменена, отменено, отмена,
    аннулирован, удален, удалён, нет в наличии, скасовано, скасований, скасування, анульовано, видалено, немає в наявності`,
}

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([step, names]) =>
    names.split(',').map((name) => [fold(name), step as Step]),
  ),
)

/** The state that a status text names; undefined when it is the shop's own word. */
export function guessStep(status: string): Step | undefined {
  const text = fold(status)
  // WooCommerce writes wc-completed.
  return BY_NAME.get(text) ?? BY_NAME.get(text.replace(/^wc-/, ''))
}

export function fold(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
}
