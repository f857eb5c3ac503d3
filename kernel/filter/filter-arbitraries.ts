import fc from 'fast-check'
import { toStoredJson } from '../stored-json.ts'
import { cleanText } from '../text.ts'
import type { FilterableEvent } from './fields.ts'
import type { Filter } from './schema.ts'

/** Texts on which engines like to differ: case beyond ASCII, signs of patterns and of SQL, numbers in odd notations. */
const TEXTS = [
  ...[
    'Order Completed',
    'order completed',
    'ЧАЙНИК',
    'чайник',
    'Чайник «Зоря»',
    'Їжак',
    'їжак',
    'ҐАНОК',
    'ґанок',
  ],
  ...[
    'a',
    'ab',
    'abc',
    'a😀b',
    '😀',
    'a\nb',
    'a%b_c',
    'a*b?c',
    '\\',
    '\\d',
    '.*',
    '[a]',
    "'",
    '"',
    '`',
    '{f1:String}',
  ],
  ...[
    '12',
    '12.0',
    '-0.5',
    '007',
    '1e3',
    ' 12',
    '12 ',
    '1,5',
    '0x10',
    'NaN',
    'Infinity',
    '-',
    '.5',
    '5.',
    '+1',
    '1_0',
  ],
  ...[
    '123456789012345',
    '1234567890123456',
    '0.1',
    '0.10',
    '१२',
    '１２',
    '12\n',
    'true',
    'null',
    'undefined',
  ],
  ...[
    'İ',
    'ß',
    'SS',
    'É',
    'é',
    'e\u0301',
    'Ž',
    'Ω',
    'ω',
    '\u0001',
    '\u001f',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffd',
  ],
]
const NUMBERS = [
  ...[
    0, -0, 1, -1, 12, 5, 500, 0.1, 0.30000000000000004, -0.5, 1e-7, 5e-324, 1.7976931348623157e308, 1e15,
    1e20,
  ],
  ...[2 ** 53, 2 ** 53 + 2, 2 ** 63, -(2 ** 63), 2 ** 64, 123456789012345, 1e21, 7],
]
/** How others write numbers: never written by JSON.stringify, read alike all the same. */
const ODD_NUMBERS = [
  '1E5',
  '1.0',
  '-0.0',
  '1e400',
  '-1e400',
  '5e-400',
  '12.000',
  '1e+2',
  '123456789012345678901',
  '18446744073709551616',
  '-9223372036854775809',
]
const KEYS = ['a', 'b', 'c', 'foo.bar', 'x y', '__proto__', 'constructor', '0', 'ключ', 'A', '"', '\\']
const MARKS = ['late', 'LATE', 'clock_skew', 'Пізно']
const MOMENTS = [
  '1999-12-31T23:59:59.999Z',
  '2026-01-31T10:00:00.000Z',
  '2026-01-31T10:00:00.001Z',
  '2100-01-01T00:00:00.000Z',
]

export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map(cleanText) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)).map(([a, b]) => a + b),
  },
)
const anyNumber = fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true }))
const anyKey = fc.constantFrom(...KEYS)

const { value: anyJson } = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: anyText },
    { weight: 3, arbitrary: anyNumber },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(true, false, null, '', '@odd@', 'half \ud800', 'nul \0'),
    },
  ),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: tie('leaf') },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    { weight: 2, arbitrary: fc.dictionary(anyKey, tie('value'), { maxKeys: 4 }) },
  ),
}))

/** A document as ingestion writes it, as JSON.stringify does, or with a number written by others. */
const anyDocument = fc
  .tuple(fc.dictionary(anyKey, anyJson, { maxKeys: 5 }), fc.constantFrom(...ODD_NUMBERS), fc.boolean())
  .map(([value, odd, isStored]) => {
    const text = isStored ? toStoredJson(value) : JSON.stringify(value)
    return text.replaceAll('"@odd@"', odd)
  })
const anyStored = fc.oneof(
  { weight: 8, arbitrary: anyDocument },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{}', '[]', '[{"a":1}]', '"a"', '12', 'null', '{"a":', 'nonsense'),
  },
)

const EMPTY: FilterableEvent = {
  kind: 'track',
  name: '',
  message_id: '',
  identity_kind: '',
  anonymous_id: '',
  user_id: '',
  session_id: '',
  url: '',
  path: '',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
  click_id: '',
  order_id: '',
  currency: '',
  channel: '',
  arrival: '',
  touchpoint: '',
  stage: '',
  measure: '',
  source: 0,
  amount: null,
  valence: null,
  measured: null,
  ts: 0,
  sent_ts: 0,
  received_at: 0,
  marks: [],
  properties: '{}',
  traits: '{}',
  context: '{}',
}

/** An event with nothing in it but what is given. */
export function makeEvent(given: Partial<FilterableEvent>): FilterableEvent {
  return { ...EMPTY, ...given }
}

const TEXT_FIELDS = ['name', 'url', 'utm_source', 'channel', 'order_id'] as const
const anyMoment = fc.constantFrom(...MOMENTS).map((text) => Date.parse(text))

export const anyEvent: fc.Arbitrary<FilterableEvent> = fc
  .record({
    texts: fc.tuple(...TEXT_FIELDS.map(() => fc.oneof(anyText, fc.constant('')))),
    amount: fc.oneof(fc.constant(null), fc.constantFrom(0, 1, -1, 12, 500, 2 ** 53 - 1), fc.maxSafeInteger()),
    measured: fc.oneof(fc.constant(null), anyNumber),
    source: fc.constantFrom(0, 1, 12, 4294967295),
    ts: anyMoment,
    marks: fc.array(fc.constantFrom(...MARKS), { maxLength: 3 }),
    properties: anyStored,
    traits: anyStored,
  })
  .map(({ texts, ...rest }) => ({
    ...makeEvent(rest),
    ...Object.fromEntries(TEXT_FIELDS.map((field, index) => [field, texts[index] ?? ''])),
  }))

const textField = fc.constantFrom<string>(...TEXT_FIELDS)
const jsonField = fc
  .tuple(fc.constantFrom('properties', 'traits'), fc.array(anyKey, { minLength: 1, maxLength: 3 }))
  .map(([column, path]) => [column, ...path.map((key) => key.replaceAll('.', '\\.'))].join('.'))
const someText = anyText.filter((text) => text !== '')
const pattern = fc
  .array(fc.oneof(fc.constantFrom('*', '?', '*', 'a', 'b', '😀', 'Ч', '12'), someText), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''))

const textCondition = fc.oneof(
  fc.record({
    op: fc.constantFrom('equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with'),
    value: someText,
  }),
  fc.record({ op: fc.constant('matches'), value: pattern }),
  fc.record({
    op: fc.constantFrom('in', 'not_in'),
    value: fc.array(someText, { minLength: 1, maxLength: 5 }),
  }),
)
const numberCondition = fc.oneof(
  fc.record({
    op: fc.constantFrom('equals', 'not_equals', 'less', 'at_most', 'more', 'at_least'),
    value: anyNumber,
  }),
  fc.record({
    op: fc.constantFrom('in', 'not_in'),
    value: fc.array(anyNumber, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    op: fc.constant('between'),
    value: fc.tuple(anyNumber, anyNumber).map(([a, b]) => (a <= b ? [a, b] : [b, a])),
  }),
)
const bare = fc.record({ op: fc.constantFrom('exists', 'not_exists') })
const timeCondition = fc.oneof(
  fc.record({ op: fc.constantFrom('before', 'since'), value: fc.constantFrom(...MOMENTS) }),
  fc.record({
    op: fc.constant('within'),
    value: fc.tuple(fc.constantFrom(...MOMENTS), fc.constantFrom(...MOMENTS)).map((pair) => [...pair].sort()),
  }),
)
const has = fc.record({
  op: fc.constantFrom('has', 'not_has'),
  value: fc.oneof(someText, fc.constantFrom(...MARKS)),
})
const ignoreCase = fc.boolean().map((value) => ({ ignoreCase: value }))

function on(field: fc.Arbitrary<string>, ...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Filter> {
  return fc.tuple(field, ...parts).map(([name, ...rest]) => Object.assign({ field: name }, ...rest) as Filter)
}

export const anyCondition: fc.Arbitrary<Filter> = fc.oneof(
  on(textField, textCondition, ignoreCase),
  on(jsonField, textCondition, ignoreCase),
  on(fc.constantFrom('amount', 'source', 'measured'), numberCondition),
  on(jsonField, numberCondition),
  on(jsonField, fc.record({ op: fc.constantFrom('equals', 'not_equals'), value: fc.boolean() })),
  on(fc.oneof(jsonField, fc.constantFrom('marks', 'amount', 'name', 'url')), bare),
  on(fc.constant('ts'), timeCondition),
  on(fc.oneof(jsonField, fc.constant('marks')), has, ignoreCase),
  on(jsonField, fc.record({ op: fc.constantFrom('has', 'not_has'), value: anyNumber })),
)

export const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: anyCondition },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('filter') }) },
  ),
}))
