import { createReadStream, existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDateOrder, findDecimalMark, guessMapping } from './guess-mapping.ts'
import { openCsv } from './open-csv.ts'

const OLIST = new URL('../../../../../shared/data/olist/olist_orders_dataset.csv', import.meta.url)

function guessOrders(header: string, ...rows: string[]): Record<string, string> {
  const cut = (line: string) => line.split(';')
  const { fields } = guessMapping('orders', cut(header), rows.map(cut))
  return Object.fromEntries(Object.entries(fields).map(([field, guess]) => [field, guess.column]))
}

describe('the columns of an order export', () => {
  test('of OpenCart', () => {
    expect(
      guessOrders(
        'order_id;invoice_no;customer_id;firstname;lastname;email;telephone;payment_method;shipping_method;shipping_zone;total;order_status;currency_code;date_added;date_modified',
        '1001;0;55;Ольга;Петренко;olga@example.com;+380501234567;Оплата при отриманні;Нова пошта;Київська;1234.5000;Доставлено;UAH;2024-01-31 10:20:30;2024-02-03 10:00:00',
        '1002;0;56;Іван;Коваль;ivan@example.com;0671234567;LiqPay;Укрпошта;Львівська;99.0000;Обробка;UAH;2024-01-31 11:20:30;2024-02-01 10:00:00',
      ),
    ).toEqual({
      order_id: 'order_id',
      user_id: 'customer_id',
      email: 'email',
      phone: 'telephone',
      payment_method: 'payment_method',
      delivery_method: 'shipping_method',
      region: 'shipping_zone',
      value: 'total',
      state: 'order_status',
      currency: 'currency_code',
      placed_at: 'date_added',
    })
  })

  test('of WooCommerce, whose billing_state is a region', () => {
    expect(
      guessOrders(
        'order_number;order_date;paid_date;status;shipping_total;order_total;order_currency;payment_method_title;customer_user;billing_email;billing_phone;billing_city;billing_state;date_completed',
        '501;2024-01-31 10:20:30;2024-01-31 10:25:00;completed;5.00;105.00;EUR;Card;17;a@example.com;+48601234567;Kraków;MA;2024-02-02 12:00:00',
      ),
    ).toEqual({
      order_id: 'order_number',
      placed_at: 'order_date',
      paid_at: 'paid_date',
      state: 'status',
      value: 'order_total',
      currency: 'order_currency',
      payment_method: 'payment_method_title',
      user_id: 'customer_user',
      email: 'billing_email',
      phone: 'billing_phone',
      city: 'billing_city',
      region: 'billing_state',
      received_at: 'date_completed',
    })
  })

  test('of Shopify, where the order number is called Name', () => {
    const guessed = guessOrders(
      'Name;Email;Financial Status;Paid at;Fulfillment Status;Fulfilled at;Currency;Subtotal;Shipping;Taxes;Total;Shipping Method;Created at;Lineitem quantity;Lineitem name;Billing Name;Shipping City;Shipping Province;Cancelled at;Payment Method;Phone',
      '#1001;a@example.com;paid;2024-01-31 10:25:00 +0200;fulfilled;2024-02-01 09:00:00 +0200;USD;100.00;5.00;0.00;105.00;Standard;2024-01-31 10:20:30 +0200;1;Kettle;Anna Smith;Austin;TX;;Stripe;+12025550123',
      '#1002;b@example.com;refunded;;unfulfilled;;USD;10.00;5.00;0.00;15.00;Standard;2024-02-01 10:20:30 +0200;2;Cup;Ben Fox;Boston;MA;2024-02-02 10:00:00 +0200;PayPal;',
    )
    expect(guessed).toEqual({
      order_id: 'Name',
      email: 'Email',
      paid_at: 'Paid at',
      state: 'Fulfillment Status',
      shipped_at: 'Fulfilled at',
      currency: 'Currency',
      value: 'Total',
      delivery_method: 'Shipping Method',
      placed_at: 'Created at',
      items: 'Lineitem name',
      city: 'Shipping City',
      region: 'Shipping Province',
      cancelled_at: 'Cancelled at',
      payment_method: 'Payment Method',
      phone: 'Phone',
    })
  })

  test('of 1C', () => {
    expect(
      guessOrders(
        'Номер;Дата;Контрагент;Сумма документа;Валюта;Состояние заказа;Дата отгрузки;Дата оплаты;Желаемая дата поступления;Телефон;Склад',
        'УТ-000123;31.01.2024 10:20:30;Петрова Ольга;12 345,60;руб.;Закрыт;02.02.2024 0:00:00;31.01.2024 0:00:00;05.02.2024;8 916 123-45-67;Основной',
        'УТ-000124;31.01.2024 11:00:00;Иванов Пётр;999,00;руб.;В работе;;;06.02.2024;8 903 765-43-21;Основной',
      ),
    ).toEqual({
      order_id: 'Номер',
      placed_at: 'Дата',
      value: 'Сумма документа',
      currency: 'Валюта',
      state: 'Состояние заказа',
      shipped_at: 'Дата отгрузки',
      paid_at: 'Дата оплаты',
      promised_date: 'Желаемая дата поступления',
      phone: 'Телефон',
    })
  })

  test('of RetailCRM', () => {
    expect(
      guessOrders(
        'Номер заказа;Дата создания;Статус;Клиент;Телефон;E-mail;Сумма заказа;Тип оплаты;Тип доставки;Дата доставки;Регион;Город;Менеджер',
        '77A;31.01.2024 10:20;Выполнен;Ольга;79161234567;olga@example.com;1500;Наложенный платёж;СДЭК;03.02.2024;Московская обл.;Химки;Иванова',
      ),
    ).toEqual({
      order_id: 'Номер заказа',
      placed_at: 'Дата создания',
      state: 'Статус',
      phone: 'Телефон',
      email: 'E-mail',
      value: 'Сумма заказа',
      payment_method: 'Тип оплаты',
      delivery_method: 'Тип доставки',
      promised_date: 'Дата доставки',
      region: 'Регион',
      city: 'Город',
    })
  })

  test('of a Ukrainian marketplace', () => {
    expect(
      guessOrders(
        '№ замовлення;Дата замовлення;Статус замовлення;Телефон покупця;Ел. пошта;Сума;Спосіб оплати;Спосіб доставки;Місто;Дата прибуття у відділення;Дата отримання;Дата відмови',
        '88;31.01.2024;Отримано;0501234567;a@example.com;1 234,50 грн;Післяплата;Нова пошта;Київ;02.02.2024;03.02.2024;',
      ),
    ).toEqual({
      order_id: '№ замовлення',
      placed_at: 'Дата замовлення',
      state: 'Статус замовлення',
      phone: 'Телефон покупця',
      email: 'Ел. пошта',
      value: 'Сума',
      payment_method: 'Спосіб оплати',
      delivery_method: 'Спосіб доставки',
      city: 'Місто',
      arrived_at: 'Дата прибуття у відділення',
      received_at: 'Дата отримання',
      refused_at: 'Дата відмови',
    })
  })

  test.skipIf(!existsSync(OLIST))(
    'of Olist, from the real file (skipped where the data is absent)',
    async () => {
      const { columns, batches } = await openCsv(createReadStream(OLIST))
      const rows: string[][] = []
      for await (const batch of batches) {
        rows.push(...batch.rows.map((row) => row.cells))
        if (rows.length >= 200) break
      }
      const { fields } = guessMapping('orders', columns, rows)
      expect(
        Object.fromEntries(Object.entries(fields).map(([field, guess]) => [field, guess?.column])),
      ).toEqual({
        order_id: 'order_id',
        user_id: 'customer_id',
        state: 'order_status',
        placed_at: 'order_purchase_timestamp',
        paid_at: 'order_approved_at',
        shipped_at: 'order_delivered_carrier_date',
        received_at: 'order_delivered_customer_date',
        promised_date: 'order_estimated_delivery_date',
      })
    },
  )
})

describe('the columns of an event export', () => {
  test('of the Segment shape', () => {
    const columns = [
      'messageId',
      'event',
      'timestamp',
      'userId',
      'anonymousId',
      'context.page.url',
      'context.page.referrer',
      'context.traits.email',
      'properties.revenue',
      'properties.currency',
      'properties.order_id',
    ]
    const { fields } = guessMapping('events', columns, [])
    expect(
      Object.fromEntries(Object.entries(fields).map(([field, guess]) => [guess?.column, field])),
    ).toEqual({
      messageId: 'message_id',
      event: 'name',
      timestamp: 'time',
      userId: 'user_id',
      anonymousId: 'anonymous_id',
      'context.page.url': 'url',
      'context.page.referrer': 'referrer',
      'context.traits.email': 'email',
      'properties.revenue': 'value',
      'properties.currency': 'currency',
      'properties.order_id': 'order_id',
    })
  })

  test('of people who name columns in their own words', () => {
    const { fields } = guessMapping(
      'events',
      ['Событие', 'Дата и время', 'ID клиента', 'Адрес страницы', 'Контакт'],
      [
        ['Просмотр', '31.01.2024 10:20', '55', 'https://shop.ua/p/1', 'olga@example.com'],
        ['Заказ', '31.01.2024 10:25', '56', 'https://shop.ua/ok', 'ivan@example.com'],
      ],
    )
    expect(fields).toEqual({
      name: { column: 'Событие', confidence: 1, why: 'name_and_values' },
      time: { column: 'Дата и время', confidence: 1, why: 'name_and_values' },
      user_id: { column: 'ID клиента', confidence: 1, why: 'name_and_values' },
      url: { column: 'Адрес страницы', confidence: 1, why: 'name_and_values' },
      email: { column: 'Контакт', confidence: 0.6, why: 'values' },
    })
  })
})

describe('a guess', () => {
  test('is not made against the values', () => {
    expect(guessOrders('order_id;email;total', '1;not given;free', '2;none;gift')).toEqual({
      order_id: 'order_id',
    })
  })

  test('is surer with values than by the name alone', () => {
    const withValues = guessMapping('orders', ['order_id'], [['1'], ['2']]).fields.order_id
    const alone = guessMapping('orders', ['order_id'], []).fields.order_id
    expect(withValues?.confidence).toBe(1)
    expect(alone).toEqual({ column: 'order_id', confidence: 0.85, why: 'name' })
  })

  test('takes no column twice and only columns that are there', () => {
    const names = fc.array(
      fc.oneof(fc.constantFrom('id', 'order id', 'дата', 'email', 'total', 'name', ''), fc.string()),
    )
    const rows = fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom('1', '2024-01-31', 'a@b.ua'))))
    fc.assert(
      fc.property(names, rows, (columns, values) => {
        for (const target of ['orders', 'events'] as const) {
          const guessed = Object.values(guessMapping(target as 'orders', columns, values).fields)
          const taken = guessed.map((guess) => guess.column)
          expect(new Set(taken).size).toBe(taken.length)
          for (const column of taken) expect(columns).toContain(column)
        }
      }),
    )
  })

  test('of the order of dates needs a date that can be read in one way only', () => {
    expect(findDateOrder(['01/02/2024', '12/31/2024'])).toBe('mdy')
    expect(findDateOrder(['01/02/2024', '31/12/2024'])).toBe('dmy')
    expect(findDateOrder(['01/02/2024'])).toBe('dmy')
    expect(findDateOrder([])).toBe('dmy')
  })

  test('of the decimal mark needs amounts that agree', () => {
    expect(findDecimalMark(['1 234,50', '1,234'])).toBe(',')
    expect(findDecimalMark(['1,234.50', '5'])).toBe('.')
    expect(findDecimalMark(['5,50', '5.50'])).toBeUndefined()
    expect(findDecimalMark(['5', '6'])).toBeUndefined()
  })
})
