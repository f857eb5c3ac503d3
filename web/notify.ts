import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Says that something was done, in passing. Failures belong where they happened (`FormError`), not here. */
export function notifyDone(text: string): void {
  const closeButtonProps = { 'aria-label': i18next.t('ui:close') }
  notifications.show({ message: text, color: 'won', autoClose: 3500, withBorder: true, closeButtonProps })
}
