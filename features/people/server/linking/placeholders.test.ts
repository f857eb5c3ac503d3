import { describe, expect, it } from 'vitest'
import { isPlaceholderEmail, isPlaceholderId, isPlaceholderPhone } from './placeholders.ts'

describe('placeholders', () => {
  it.each(['null', 'undefined', '0', 'Guest', '00000000-0000-0000-0000-000000000000'])(
    'the id %s is nobody',
    (id) => {
      expect(isPlaceholderId(id)).toBe(true)
    },
  )

  it.each(['u-1', '42', 'anna'])('the id %s is somebody', (id) => {
    expect(isPlaceholderId(id)).toBe(false)
  })

  it.each(['noreply@shop.ua', 'do-not-reply@shop.ua', 'test@test.com', 'none@example.com'])(
    '%s is nobody',
    (email) => {
      expect(isPlaceholderEmail(email)).toBe(true)
    },
  )

  it.each(['olena@example.com', 'test@gmail.com', 'reply@shop.ua'])('%s is somebody', (email) => {
    expect(isPlaceholderEmail(email)).toBe(false)
  })

  it.each(['+380000000000', '+71111111111', '+380123456789', '+71234567890'])('%s is nobody', (phone) => {
    expect(isPlaceholderPhone(phone)).toBe(true)
  })

  it.each(['+380501234567', '+79161234567', '+380671112222'])('%s is somebody', (phone) => {
    expect(isPlaceholderPhone(phone)).toBe(false)
  })
})
