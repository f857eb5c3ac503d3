import { useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { formatSpan } from './format-span.ts'

/** «через 4 мин»; contacts of one moment, as an ad and the page it leads to, follow «сразу». */
export function useOnwardWords(): (seconds: number) => string {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  return (seconds) => (seconds < 1 ? t('flow.atOnce') : t('flow.in', { span: formatSpan(seconds, locale) }))
}
