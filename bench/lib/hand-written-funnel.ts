const NOBODY = "toUUID('00000000-0000-0000-0000-000000000000')"
const LINKS = '(SELECT identity, person FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0)'

/** Moments of a step, sorted; from the first visit of the period on. */
const list = (condition: string) => `arraySort(groupArrayIf(at, ${condition}))`
/** The first moment that a visit of the window before it leads to, or 0; and how long after the latest one. */
const first = (moments: string) =>
  `arrayFirst(m -> arrayExists(v -> v < m AND m - v <= {window:Int64}, visits), ${moments})`
const took = (moment: string) => `if(${moment} = 0, -1, ${moment} - arrayLast(v -> v < ${moment}, visits))`

/**
 * The standard funnel as somebody would write it who knows the store and this one question: the moments of each step in
 * an array, and the visit before. Product, cart and checkout may be skipped, so each is asked against the visits alone.
 */
export const handWrittenFunnel = `SELECT line.1 AS step, count() AS n, quantilesExact(0.25, 0.5, 0.75, 0.9)(line.2) AS took
FROM (
  SELECT ${first('products')} AS product, ${first('carts')} AS cart, ${first('checkouts')} AS checkout, ${first('orders')} AS ordered,
    arrayFilter(o -> o.2 > 0 AND o.1 - o.2 <= {window:Int64}, arrayMap(o -> (o, arrayLast(v -> v < o, visits)), orders)) AS led,
    arrayFirst(r -> arrayExists(o -> o.1 < r AND r - o.2 <= {window:Int64}, led), receipts) AS received,
    arrayJoin(arrayFilter(l -> l.2 >= 0, [(1, if(empty(visits), -1, 0)), (2, ${took('product')}), (3, ${took('cart')}), (4, ${took('checkout')}),
      (5, ${took('ordered')}), (6, if(received = 0, -1, received - arrayMax(o -> if(o.1 < received, o.2, 0), led)))])) AS line
  FROM (
    SELECT if(l.person = ${NOBODY}, e.identity, l.person) AS person, ${list('is_visit AND at <= {span:Int64}')} AS visits,
      ${list('is_product')} AS products, ${list('is_cart')} AS carts, ${list('is_checkout')} AS checkouts,
      ${list('is_order')} AS orders, ${list('is_receipt')} AS receipts
    FROM (
      SELECT identity, toUnixTimestamp64Milli(ts) - {from:Int64} + 1 AS at, kind IN ('page', 'screen') AS is_visit,
        touchpoint = 'product_page' OR name = 'Product Viewed' AS is_product, touchpoint = 'cart' OR name = 'Product Added' AS is_cart,
        touchpoint = 'checkout' OR name = 'Checkout Started' AS is_checkout,
        order_id != '' AND name IN ('Order Completed', 'Order Placed') AS is_order,
        order_id != '' AND name IN ('Order Delivered', 'Order Received') AS is_receipt
      FROM events FINAL
      WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) AND ts < fromUnixTimestamp64Milli({until:Int64})
        AND name NOT IN ('Standard Measured', 'Page Measured')
        AND (is_visit OR is_product OR is_cart OR is_checkout OR is_order OR is_receipt)
    ) AS e LEFT ANY JOIN ${LINKS} AS l ON l.identity = e.identity
    GROUP BY person
  )
)
GROUP BY step ORDER BY step`
