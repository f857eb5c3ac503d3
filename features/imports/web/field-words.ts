import { useTranslation } from 'react-i18next'

/** A field in the owner's words. A field that has none yet goes by its own name. */
export function useFieldWords() {
  const { t, i18n } = useTranslation('imports')
  return {
    nameOf: (field: string): string =>
      i18n.exists(`imports:field.${field}.name`) ? t(`field.${field}.name`) : field,
    hintOf: (field: string): string | undefined =>
      i18n.exists(`imports:field.${field}.hint`) ? t(`field.${field}.hint`) : undefined,
  }
}
