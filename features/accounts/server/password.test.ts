import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword } from './password-hash.ts'
import { findPasswordProblem } from './password-rules.ts'

const cheap = { logN: 10, r: 8, p: 1 }

describe('a password', () => {
  it.each([
    ['ninechars', 'too_short'],
    ['👍👍👍👍👍👍👍👍👍', 'too_short'],
    ['anna@tea.example', 'is_email'],
    ['ANNA@tea.example', 'is_email'],
    ['qwertyuiop', 'too_common'],
    ['QwertyUiop', 'too_common'],
    ['йцукенгшщз', 'too_common'],
    ['aaaaaaaaaaaa', 'too_common'],
    ['чай с бергамотом', undefined],
    ['all lower case words', undefined],
  ])('%j is judged as %s', (password, problem) => {
    expect(findPasswordProblem(password, 'anna@tea.example')).toBe(problem)
  })

  it('is known again by its hash, whatever way its letters are composed', async () => {
    const stored = await hashPassword('пароль-чайный')
    expect(await isPassword('пароль-чайный', stored)).toBe(true)
    expect(await isPassword('пароль-чайный'.normalize('NFD'), stored)).toBe(true)
    expect(await isPassword('пароль-чайныи', stored)).toBe(false)
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$/)
  })

  it('has another hash each time', async () => {
    expect(await hashPassword('same password', cheap)).not.toBe(await hashPassword('same password', cheap))
  })

  it('of nobody is never right', async () => {
    expect(await isPassword('anything at all', undefined)).toBe(false)
  })

  it('is refused for a moment when too many are being checked', async () => {
    const stored = await hashPassword('first come', { logN: 14, r: 8, p: 1 })
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => isPassword('first come', stored)),
    )
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused).toHaveLength(8)
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_requests', retryAfterSeconds: 3 } })
  }, 30_000)
})
