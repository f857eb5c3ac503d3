import type { Draw } from '../simulate/draw.ts'
import { mainVisit } from '../simulate/draw-visits.ts'
import type { Life, Visit } from '../simulate/life.ts'
import type { Truths } from '../truths.ts'
import { ANSWERED } from '../world/rates.ts'
import type { MessageBook, Properties } from './message-book.ts'

const MEASURED_SHARE = 0.15
const SECOND = 1_000

/** The page views of all visits up to the first order, with what the browser measured of some. */
export function writeVisits(book: MessageBook, draw: Draw, truths: Truths, life: Life): void {
  for (const visit of life.visits) writeVisit(book, draw, truths, life, visit)
  writeStore(book, draw, life)
  writeComparing(book, draw, life)
  if (!draw.happens(ANSWERED.exit)) return
  const properties = { kind: 'csat', score: draw.mark(1, 5, 4.1), touchpoint: 'catalogue' }
  book.site(mainVisit(life).at + 150 * SECOND, 'Feedback Given', properties, pathOf(life, 'category'))
}

type Template = 'home' | 'category' | 'product' | 'delivery' | 'faq' | 'search'

const NAMES: Record<Template, string> = {
  home: 'Головна',
  category: 'Каталог',
  product: 'Товар',
  delivery: 'Доставка і оплата',
  faq: 'Запитання й відповіді',
  search: 'Пошук',
}

function pathOf({ category, product }: Life, template: Template): string {
  if (template === 'category') return `/catalog/${category.key}`
  if (template === 'product') return `/product/${product.id}`
  return { home: '/', delivery: '/dostavka', faq: '/faq', search: '/search' }[template]
}

function writeVisit(book: MessageBook, draw: Draw, truths: Truths, life: Life, visit: Visit): void {
  let { at } = visit
  for (const [step, template] of planPages(draw, life, visit).entries()) {
    const landing = step === 0 ? landingOf(life, visit) : undefined
    if (template === 'product' && !landing)
      book.site(at, 'Product Viewed', product(life), pathOf(life, template))
    else if (template === 'search') writeSearch(book, draw, life, at)
    else
      book.page(
        at,
        NAMES[template],
        pathOf(life, template),
        template === 'product' ? product(life) : {},
        landing,
      )
    if (draw.happens(MEASURED_SHARE)) measure(book, draw, truths, life, template, at + 4 * SECOND)
    at += Math.round(draw.between(15, 55) * SECOND)
  }
}

function planPages(draw: Draw, life: Life, visit: Visit): Template[] {
  const isFirst = visit === life.visits[0]
  const isMain = visit === mainVisit(life)
  const lands = visit.source.landsOn
  const first: Template = lands === 'category' && !life.sawCatalogue ? 'product' : lands
  const pages: Template[] = [first]
  const turns = life.sawCatalogue ? draw.whole(isFirst ? 1 : 0, 2) : 0
  for (let turn = 0; turn < turns; turn++) pages.push('category')
  if (isMain && first !== 'product') pages.push('product')
  if (draw.happens(0.12)) pages.push('search')
  if (draw.happens(0.15)) pages.push('delivery')
  if (draw.happens(0.06)) pages.push('faq')
  return pages
}

function landingOf({ product: { price } }: Life, { source }: Visit) {
  const hasPrice = source.landsOn === 'product' && (source.isAd || source.key === 'price_comparison')
  const query = hasPrice ? `${source.query}&ad_price=${price}` : source.query
  return { query, referrer: source.referrer }
}

function product({ product: { id, name, price }, category }: Life): Properties {
  return { product_id: id, name, category: category.name, price, currency: 'UAH' }
}

function writeSearch(book: MessageBook, draw: Draw, { category }: Life, at: number): void {
  const results = draw.happens(0.9) ? draw.whole(1, 30) : 0
  book.site(at, 'Products Searched', { query: category.name.toLowerCase(), results }, '/search')
}

/** Only the product template on phones is slow. Interaction and layout are good everywhere. */
function measure(
  book: MessageBook,
  draw: Draw,
  truths: Truths,
  { traits, category, product: { id } }: Life,
  template: Template,
  at: number,
): void {
  const isSlow = template === 'product' && traits.isPhone
  const p75 = isSlow ? truths.slow_phone : traits.isPhone ? 2.2 : 1.7
  const path = { category: `/catalog/${category.key}`, product: `/product/${id}` }[template as 'product']
  book.site(
    at,
    'Page Measured',
    {
      template,
      lcp: Math.round(draw.skewed(p75 * 0.78, p75) * 1_000),
      inp: Math.round(draw.skewed(90, 140)),
      cls: Math.round(draw.skewed(0.02, 0.05) * 1_000) / 1_000,
    },
    path ?? (template === 'home' ? '/' : `/${template === 'delivery' ? 'dostavka' : template}`),
  )
}

/** A look into the store before buying on the site; the till ties it to the customer by the discount card. */
function writeStore(book: MessageBook, draw: Draw, life: Life): void {
  const { store } = life.traits.city
  if (store === undefined || !draw.happens(0.12)) return
  const at = mainVisit(life).at - 26 * 3_600_000
  book.site(at, 'Store Visited', { place: store })
  const talk = { contact_id: `s-${life.index}`, channel: 'store', touchpoint: 'store_talk' }
  if (draw.happens(0.5)) book.site(at + 300 * SECOND, 'Contact Started', talk)
}

/** A few put products side by side before they decide; the site has a page for that. */
function writeComparing(book: MessageBook, draw: Draw, life: Life): void {
  if (!draw.happens(0.05)) return
  const products = life.category.products.map(({ id }) => id)
  book.site(mainVisit(life).at + 100 * SECOND, 'Products Compared', { products, touchpoint: 'comparing' })
}
