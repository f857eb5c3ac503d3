import { isCurrency } from '../../../kernel/currencies.ts'
import { normaliseEmail } from '../../../kernel/email.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isTimeZone } from '../../../kernel/time-zone.ts'
import { findPasswordProblem } from './password-rules.ts'

/** A refusal of one field, in the shape in which schema errors come, so that forms show it beside the field. */
export function refuseField(field: string, rule: string, message: string): AppError {
  return new AppError('validation_failed', message, {
    details: [{ instancePath: `/${field}`, keyword: rule }],
  })
}

export function getEmail(text: string): string {
  const email = normaliseEmail(text)
  if (email === undefined) throw refuseField('email', 'email', 'This is not an e-mail address.')
  return email
}

const PASSWORD_SENTENCES = {
  too_short: 'The password is too short: use ten characters or more.',
  is_email: 'The password must not be the e-mail.',
  too_common: 'This password is among the first that are tried. Choose another.',
}

export function refuseBadPassword(password: string, email: string, field = 'password'): void {
  const problem = findPasswordProblem(password, email)
  if (problem) throw refuseField(field, problem, PASSWORD_SENTENCES[problem])
}

export function refuseBadBasics(basics: { currency?: string; timeZone?: string }): void {
  if (basics.currency !== undefined && !isCurrency(basics.currency))
    throw refuseField('currency', 'currency', `${basics.currency} is not a currency code of ISO 4217.`)
  if (basics.timeZone !== undefined && !isTimeZone(basics.timeZone))
    throw refuseField('timeZone', 'time_zone', `${basics.timeZone} is not a time zone, such as Europe/Kyiv.`)
}
