import { useTranslation } from 'react-i18next'

/** How a person is called on screens; a visitor of whom nothing is known by the beginning of the id. */
export function usePersonLabel(): (person: { id: string; label: string }) => string {
  const { t } = useTranslation('people')
  return ({ id, label }) => label || t('visitor', { code: id.slice(0, 4) })
}

/** What has to be typed before a person is erased: the label, or the beginning of the id where there is none. */
export function confirmationOf({ id, label }: { id: string; label: string }): string {
  return label || id.slice(0, 8)
}
