import { track } from './delivery.ts'
import { on } from './guard.ts'

/** Names of the forms that somebody began to fill in. What is typed there is never looked at. */
const started = new Set<string>()

/** Follows a form, as if its markup had said so. */
export function form(element: HTMLElement, name: string): void {
  element.dataset.tropaForm = name
}

const tell = (what: string, name: string) => track(`Form ${what}`, { form: name })

export function abandonForms(): void {
  for (const name of started) tell('Abandoned', name)
  started.clear()
}

on('input submit', ({ type, target }) => {
  const element = (target as Element).closest<HTMLElement>('[data-tropa-form]')
  if (!element) return
  const name = element.dataset.tropaForm as string
  if (!started.has(name)) tell('Started', name)
  started.add(name)
  if (type === 'submit') {
    tell('Submitted', name)
    started.delete(name)
  }
})
