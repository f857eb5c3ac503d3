/** What a value of a field looks like, by which a guess from its name is confirmed or refused. */
export type ValueKind = 'id' | 'email' | 'phone' | 'time' | 'amount' | 'currency' | 'url' | 'word' | 'any'

export interface FieldNames {
  kind: ValueKind
  /**
   * Column names of shop systems and of people, in lower case and separate words, one per line part. `~` marks a
   * name that means something else as often, so that the values have to agree.
   */
  names: string
}

const PERSON: Record<'user_id' | 'email' | 'phone', FieldNames> = {
  user_id: {
    kind: 'id',
    names: `user id, customer id, customer unique id, client id, customer user, customer, ~user, ~client, buyer id,
      external id, crm id, id клиента, код клиента, клиент id, ~клиент, покупатель id, id покупателя, id користувача,
      id клієнта, код клієнта, id покупця, id пользователя, контрагент код, код контрагента, customer external id,
      context user id, distinct id`,
  },
  email: {
    kind: 'email',
    names: `email, e mail, mail, customer email, billing email, client email, user email, contact email, buyer email,
      email address, почта, эл почта, электронная почта, пошта, ел пошта, електронна пошта, email клиента,
      email клієнта, email покупателя, email покупця, e mail клиента, traits email, context traits email,
      properties email, адрес электронной почты`,
  },
  phone: {
    kind: 'phone',
    names: `phone, telephone, tel, phone number, mobile, mobile phone, customer phone, billing phone, shipping phone,
      client phone, contact phone, телефон, тел, номер телефона, мобильный, мобильный телефон, телефон клиента,
      телефон покупателя, номер телефону, мобільний, мобільний телефон, телефон клієнта, телефон покупця,
      контактный телефон, контактний телефон, traits phone, context traits phone, телефон получателя,
      телефон отримувача`,
  },
}

export const ORDER_FIELDS = {
  order_id: {
    kind: 'id',
    names: `order id, order number, order no, order nr, order code, order key, ~order, ~number, ~id, ~name, orderid,
      invoice number, ~reference, номер заказа, id заказа, код заказа, заказ номер, заказ, ~номер,
      номер замовлення, id замовлення, код замовлення, замовлення номер, замовлення, номер документа,
      заказ клиента, ~код, внешний номер, зовнішній номер`,
  },
  ...PERSON,
  state: {
    kind: 'word',
    names: `status, order status, order state, ~state, fulfillment status, order status id, status name,
      delivery status, статус, статус заказа, статус замовлення, состояние, состояние заказа, стан, стан замовлення,
      status code, order status name, название статуса`,
  },
  placed_at: {
    kind: 'time',
    names: `placed at, placed, order date, order time, date, created at, created, date created, date added, order created,
      order created at, order purchase timestamp, purchase timestamp, purchase date, order datetime, order placed at,
      ordered at, ~timestamp, дата, дата заказа, дата создания, дата оформления, дата и время заказа, создан,
      дата добавления, дата замовлення, дата створення, дата оформлення, дата та час замовлення, створено,
      дата документа, время заказа, дата і час, дата и время`,
  },
  confirmed_at: {
    kind: 'time',
    names: `confirmed at, confirmed, date confirmed, confirmation date, order confirmed at, accepted at,
      дата подтверждения, подтвержден, дата підтвердження, підтверджено`,
  },
  paid_at: {
    kind: 'time',
    names: `paid at, paid date, date paid, payment date, order approved at, approved at, payment time, date of payment,
      дата оплаты, оплачен, дата платежа, дата оплати, оплачено, дата платежу`,
  },
  packed_at: {
    kind: 'time',
    names: `packed at, packed, packing date, date packed, assembled at, дата сборки, собран, дата упаковки, упакован,
      дата комплектации, дата пакування, запаковано, зібрано, дата комплектації`,
  },
  shipped_at: {
    kind: 'time',
    names: `shipped at, shipped, shipping date, date shipped, ship date, dispatched at, dispatch date, fulfilled at,
      fulfillment date, order delivered carrier date, handed over at, sent at, дата отгрузки, отгружен, отправлен,
      дата отправки, дата передачи в доставку, дата відвантаження, відвантажено, дата відправки, дата відправлення,
      відправлено`,
  },
  arrived_at: {
    kind: 'time',
    names: `arrived at, arrived, arrival date, date arrived, ready for pickup at, at branch at, дата прибытия, прибыл,
      прибыл в отделение, дата прибытия в отделение, дата поступления в пункт выдачи, дата прибуття, прибуло,
      дата прибуття у відділення, прибув у відділення, дата прибуття на відділення`,
  },
  received_at: {
    kind: 'time',
    names: `received at, received, delivered at, delivered, date delivered, delivered date, delivery completed at,
      order delivered customer date, date received, completed at, completed date, date completed, дата получения,
      получен, вручен, дата вручения, доставлен, выполнен, дата выполнения, дата отримання, отримано, вручено,
      дата вручення, доставлено, виконано, дата виконання`,
  },
  refused_at: {
    kind: 'time',
    names: `refused at, refused, refusal date, date refused, rejected at, дата отказа, отказ, дата невыкупа,
      дата відмови, відмова`,
  },
  returned_at: {
    kind: 'time',
    names: `returned at, returned, return date, date returned, refunded at, refund date, дата возврата, возвращен, возврат,
      дата повернення, повернено, повернення`,
  },
  cancelled_at: {
    kind: 'time',
    names: `cancelled at, canceled at, cancelled, canceled, cancel date, cancellation date, date cancelled, дата отмены,
      отменен, дата аннулирования, дата скасування, скасовано`,
  },
  promised_date: {
    kind: 'time',
    names: `promised date, promised at, promised delivery date, estimated delivery date, order estimated delivery date,
      expected delivery date, delivery date, planned delivery date, due date, eta, requested delivery date,
      обещанная дата, дата доставки, плановая дата доставки, ожидаемая дата доставки, желаемая дата доставки,
      срок доставки, обіцяна дата, дата доставлення, планова дата доставки, очікувана дата доставки,
      бажана дата доставки, желаемая дата поступления, срок поставки`,
  },
  value: {
    kind: 'amount',
    names: `total, order total, grand total, amount, total amount, order amount, order value, value, sum, total price,
      total sum, total summ, payment value, revenue, total paid, сумма, сумма заказа, итого, всего, итоговая сумма,
      стоимость, стоимость заказа, сумма документа, к оплате, общая сумма, сума, сума замовлення, разом, усього,
      підсумкова сума, вартість, вартість замовлення, до сплати, загальна сума, properties revenue, properties total`,
  },
  currency: {
    kind: 'currency',
    names: `currency, currency code, order currency, currency iso, валюта, код валюты, валюта заказа, код валюти,
      валюта замовлення, properties currency`,
  },
  items: {
    kind: 'any',
    names: `items, products, line items, lineitem name, product names, product, order items, goods, product name, товары,
      состав заказа, товар, наименование товара, номенклатура, позиции, товари, склад замовлення, назва товару,
      позиції, properties products`,
  },
  payment_method: {
    kind: 'word',
    names: `payment method, payment method title, payment type, payment, payment gateway, способ оплаты, тип оплаты, оплата,
      метод оплаты, форма оплаты, спосіб оплати, тип оплати, метод оплати, форма оплати`,
  },
  delivery_method: {
    kind: 'word',
    names: `delivery method, shipping method, shipping method title, delivery type, carrier, shipping carrier, delivery service,
      способ доставки, тип доставки, доставка, служба доставки, перевозчик, спосіб доставки, тип доставки,
      перевізник`,
  },
  region: {
    kind: 'word',
    names: `region, province, shipping state, billing state, shipping province, billing province, shipping region, customer state,
      shipping zone, payment zone, oblast, область, регион, область доставки, регион доставки, регіон,
      регіон доставки, shipping province name, district`,
  },
  city: {
    kind: 'word',
    names: `city, shipping city, billing city, customer city, town, город, город доставки, населенный пункт, місто,
      місто доставки, населений пункт`,
  },
} as const satisfies Record<string, FieldNames>

export const EVENT_FIELDS = {
  name: {
    kind: 'word',
    names: `event, event name, name, action, activity, event type, type of event, событие, название события, действие,
      имя события, подія, назва події, дія`,
  },
  time: {
    kind: 'time',
    names: `time, timestamp, event time, event timestamp, event date, datetime, date time, date, created at, occurred at,
      original timestamp, sent at, ts, время, время события, дата, дата и время, дата события, час, час події,
      дата та час, дата і час, дата події`,
  },
  ...PERSON,
  anonymous_id: {
    kind: 'id',
    names: `anonymous id, anon id, visitor id, visitor, cookie id, device id, ~client id, ga client id, ym client id, session user id,
      id посетителя, посетитель, анонимный id, id відвідувача, відвідувач, анонімний id, cookie`,
  },
  message_id: {
    kind: 'id',
    names: `message id, event id, ~id, insert id, uuid, event uuid, id события, код события, id події, код події, hit id, ~uid`,
  },
  session_id: {
    kind: 'id',
    names: 'session id, session, visit id, id сессии, сессия, id визита, id сесії, сесія, id візиту',
  },
  url: {
    kind: 'url',
    names: `url, page url, page, page location, page path, landing page, context page url, properties url, link, ~path, адрес страницы,
      страница, ссылка, url страницы, адреса сторінки, сторінка, посилання, url сторінки`,
  },
  referrer: {
    kind: 'url',
    names: `referrer, referer, page referrer, http referer, context page referrer, properties referrer, источник перехода,
      реферер, джерело переходу`,
  },
  order_id: {
    kind: 'id',
    names: `order id, order number, properties order id, transaction id, номер заказа, id заказа, номер замовлення,
      id замовлення`,
  },
  value: {
    kind: 'amount',
    names: `value, amount, revenue, total, price, sum, properties revenue, properties total, properties value, properties price,
      сумма, стоимость, цена, сума, вартість, ціна`,
  },
  currency: {
    kind: 'currency',
    names: 'currency, currency code, properties currency, валюта, код валюты, код валюти',
  },
} as const satisfies Record<string, FieldNames>

export type OrderField = keyof typeof ORDER_FIELDS
export type EventField = keyof typeof EVENT_FIELDS
