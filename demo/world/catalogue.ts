export interface Product {
  id: string
  name: string
  /** Hryvnias. */
  price: number
}

export interface Category {
  key: string
  name: string
  share: number
  /** What is added to the chance of an order. */
  orderChance: number
  products: readonly [Product, ...Product[]]
}

function category(
  key: string,
  name: string,
  share: number,
  orderChance: number,
  products: [name: string, price: number][],
): Category {
  const [first, ...rest] = products.map(([title, price], at) => ({
    id: `${key}-${at + 1}`,
    name: title,
    price,
  }))
  return { key, name, share, orderChance, products: [first as Product, ...rest] }
}

export const CATEGORIES: readonly Category[] = [
  category('smartphones', 'Смартфони', 0.2, -0.03, [
    ['Смартфон Verba A5 128 ГБ', 7_999],
    ['Смартфон Verba A7 256 ГБ', 11_499],
    ['Смартфон Orlan Lite 64 ГБ', 4_299],
  ]),
  category('headphones', 'Навушники', 0.15, 0.03, [
    ['Навушники Tysha Buds 2', 1_899],
    ['Навушники Tysha Over', 3_299],
  ]),
  category('coffee', 'Кавомашини', 0.14, 0, [['Кавоварка Ranok Espresso 15', 2_200]]),
  category('kettles', 'Чайники', 0.1, 0.02, [
    ['Чайник Polum 1,7 л', 899],
    ['Чайник Polum Glass', 1_249],
  ]),
  category('vacuums', 'Пилососи', 0.12, 0, [
    ['Пилосос Vykhor V8', 5_499],
    ['Робот-пилосос Vykhor R2', 9_990],
  ]),
  category('tvs', 'Телевізори', 0.1, -0.02, [
    ['Телевізор Obriy 43″', 10_999],
    ['Телевізор Obriy 55″', 16_499],
  ]),
  category('watches', 'Розумні годинники', 0.11, 0.01, [
    ['Годинник Myt Fit 3', 1_599],
    ['Годинник Myt Pro', 4_199],
  ]),
  category('chargers', 'Зарядні пристрої', 0.08, 0.03, [
    ['Павербанк Syla 20 000 мА·год', 1_199],
    ['Зарядний пристрій Syla 65 Вт', 949],
  ]),
]

/** Where the page says one price and the operator's old list another. */
export const BREACH_CATEGORY = 'coffee'
export const BREACH_PRICE = 2_600
