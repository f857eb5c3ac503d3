import { notifications } from '@mantine/notifications'

/** Says that something was done, in passing. Failures belong where they happened (`FormError`), not here. */
export function notifyDone(text: string): void {
  notifications.show({ message: text, color: 'won', autoClose: 3500, withBorder: true })
}
