import { useTranslation } from 'react-i18next'

const PARTS = ['day', 'contacts', 'alike', 'enough', 'future', 'refuses', 'lot'] as const

/** How everything here is counted, in the owner's words. */
export function ExposureDefinition() {
  const { t } = useTranslation('exposure')
  return (
    <>
      {PARTS.map((part) => (
        <div key={part}>
          <h3>{t(`how.${part}.title`)}</h3>
          <p>{t(`how.${part}.text`)}</p>
        </div>
      ))}
    </>
  )
}
