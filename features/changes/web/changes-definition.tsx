import { useTranslation } from 'react-i18next'

const PARTS = ['weeks', 'audiences', 'change', 'quiet', 'season', 'cause', 'gaps'] as const

/** How everything here is counted, in the owner's words. */
export function ChangesDefinition() {
  const { t } = useTranslation('changes')
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
