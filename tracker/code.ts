import { track } from './delivery.ts'
import { isOff, touch, visitor } from './visitor.ts'

let told: string | undefined

/**
 * Five digits to be named on the phone: the last of the visit's id, so that they stay while it lasts. Of n visits at a
 * time another has the same with odds of n in 100,000.
 */
export function code(): string {
  touch()
  const digits = (visitor.s as string).slice(-5)
  if (told !== digits) {
    told = digits
    track('Visitor Code Shown', { visitor_code: digits })
  }
  return digits
}

/** Not before something may be sent: an operator would look for the code in vain. */
export function showCode(): void {
  if (!isOff)
    for (const element of document.querySelectorAll('[data-tropa-code]')) element.textContent = code()
}
