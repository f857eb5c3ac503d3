import { describe, expect, it } from 'vitest'
import { findDoubts } from './reading-doubts.ts'

describe('what a person has to say about a file', () => {
  it('is the order of day and month where every date can be read in two ways', () => {
    expect(findDoubts(['03.04.2026', '05.06.2026'], [], 'UAH').dateOrder).toEqual({
      text: '03.04.2026',
      dmy: '2026-04-03',
      mdy: '2026-03-04',
    })
  })

  it('is not the order of day and month where one date tells it', () => {
    expect(findDoubts(['03.04.2026', '25.06.2026'], [], 'UAH').dateOrder).toBeNull()
    expect(findDoubts(['2026-04-03', '2026-06-05 10:00'], [], 'UAH').dateOrder).toBeNull()
    expect(findDoubts(['07/07/2026'], [], 'UAH').dateOrder).toBeNull()
  })

  it('is the time zone where a time names none of its own', () => {
    expect(findDoubts(['2026-04-03T10:00:00Z', '2026-04-03 11:00'], [], 'UAH').naiveTime).toBe(
      '2026-04-03 11:00',
    )
    expect(findDoubts(['2026-04-03T10:00:00Z', '1775210400'], [], 'UAH').naiveTime).toBeNull()
    expect(findDoubts(['', '0000-00-00'], [], 'UAH').naiveTime).toBeNull()
  })

  it('is the decimal mark where an amount may be a thousand or one and a bit', () => {
    expect(findDoubts([], ['1,234', '900'], 'UAH').decimal).toBe('1,234')
    expect(findDoubts([], ['1,234', '17,50'], 'UAH').decimal).toBeNull()
    expect(findDoubts([], ['1 234,00 грн', '900'], 'UAH').decimal).toBeNull()
  })
})
