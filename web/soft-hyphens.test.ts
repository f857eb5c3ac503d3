import { expect, test } from 'vitest'
import { addSoftHyphens } from './soft-hyphens.ts'

test.each([
  ['Подтверждение', 'Подтвержде|ние'],
  ['Звонок с подтверждением', 'Звонок с подтвержде|нием'],
  ['Підтвердження', 'Підтверджен|ня'],
  ['Сравнение цен', 'Сравнение цен'],
  ['Конфигурирование', 'Кон|фи|гу|ри|ро|ва|ние'],
  ['', ''],
])('%s may break as %s', (text, expected) => {
  expect(addSoftHyphens(text).replaceAll('\u00ad', '|')).toBe(expected)
})

test('what is not a long word stays as it is', () => {
  expect(addSoftHyphens('https://example.com/a-b-c 12345678901234')).not.toContain('\u00ad')
})
