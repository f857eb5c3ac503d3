import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findReportPath, reportList } from './report-list.ts'
import { sketches } from './report-sketch.tsx'

const paths = reportList.map(({ path }) => path)

describe.each(['ru', 'uk', 'en'])('the hub in %s', (language) => {
  const file = new URL(`../../../web/locales/${language}/reports.json`, import.meta.url)
  const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>

  test.each(paths)('says what the report %s answers', (path) => {
    for (const part of ['question', 'name', 'what']) expect(words[part]?.[path]).toBeTruthy()
  })
})

test('every report has its sketch', () => {
  expect(paths.filter((path) => !(path in sketches))).toEqual([])
})

test('a page knows which report it is', () => {
  expect(findReportPath('/s/12/funnel')).toBe('funnel')
  expect(findReportPath('/s/12/funnel/')).toBe('funnel')
  expect(findReportPath('/s/12/people')).toBeUndefined()
  expect(findReportPath('/s/12/reports')).toBeUndefined()
})
