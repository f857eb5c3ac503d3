import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../web/ui/badge.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { orderStates } from '../../orders/contract.ts'
import type { MappingProps } from './mapping-props.ts'
import classes from './new-import.module.css'

/** What each status of the shop's own system means here. */
export function StatusSection({ preview, mapping, onChange }: MappingProps) {
  const { t } = useTranslation('imports')
  const choices = [
    ...[...orderStates.slice(0, 2), 'paid', ...orderStates.slice(2)].map((state) => ({
      value: state,
      label: t(`orders:state.${state}`),
    })),
    { value: 'ignore', label: t('status.ignore') },
  ]
  const chosen = Object.fromEntries(
    preview.states.flatMap(({ status, state }) => (state === null ? [] : [[status, state] as const])),
  )
  const set = (status: string, state: string | null) => {
    const { [status]: _, ...rest } = { ...chosen, ...mapping.states }
    onChange({ states: state === null ? rest : { ...rest, [status]: state } })
  }
  return (
    <Section title={t('status.title')} hint={t('status.hint')}>
      {preview.states.map(({ status, rows, state }) => (
        <div key={status} className={classes.status}>
          <span>
            <strong>{status}</strong> <small data-quiet>{t('status.rows', { count: rows })}</small>
          </span>
          <Select
            aria-label={t('status.means', { status })}
            data={choices}
            value={mapping.states?.[status] ?? state}
            placeholder={t('status.choose')}
            onChange={(next) => set(status, next)}
            allowDeselect={false}
          />
          {(mapping.states?.[status] ?? state) === null && <Badge tone="even">{t('status.unknown')}</Badge>}
        </div>
      ))}
    </Section>
  )
}
