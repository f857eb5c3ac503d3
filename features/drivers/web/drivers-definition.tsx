import { useTranslation } from '../../../web/use-translation.ts'

const PARTS = [
  'who',
  'alike',
  'effect',
  'range',
  'money',
  'total',
  'chosen',
  'refuses',
  'periods',
  'lot',
] as const

/** How everything here is counted, in the owner's words. */
export function DriversDefinition() {
  const { t } = useTranslation('drivers')
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
