import { useTranslation } from 'react-i18next'
import { formatInstant, useLocale } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import type { AuditEntry } from '../contract.ts'
import { roles } from './roles.ts'

/** The log in sentences. Each room keeps the sentences of its own actions in its words, under `audit.<action>`. */
export function useAuditWords() {
  const { t, i18n } = useTranslation('accounts')
  const locale = useLocale()
  const zone = useTimeZone()
  const rooms = Object.keys(i18n.getDataByLanguage(i18n.language) ?? {})
  const keyOf = (action: string) =>
    rooms.map((room) => `${room}:audit.did.${action}`).find((key) => i18n.exists(key, { target: '' }))

  function valuesOf({ action, target, detail }: AuditEntry): Record<string, unknown> {
    const isAboutRoles = /^(member|invitation|token)\./.test(action)
    const say = ([name, value]: [string, unknown]): [string, unknown] => {
      if (isAboutRoles && roles.some((role) => role === value)) return [name, t(`role.${value}`)]
      if (name === 'expiresAt') return [name, sayExpiry(value)]
      if (name === 'fields' && Array.isArray(value))
        return [name, value.map((field) => t(`shop.field.${field}`)).join(', ')]
      return [name, value]
    }
    return { ...Object.fromEntries(Object.entries(detail).map(say)), target }
  }

  const sayExpiry = (value: unknown) =>
    typeof value === 'string' ? formatInstant(new Date(value), locale, zone) : t('tokens.forever')

  const actorName = (id: string, name: string) =>
    id === 'cli' || id === 'system' ? t(`audit.actor.${id}`) : name

  return {
    header: { who: t('audit.who'), what: t('audit.what'), when: t('audit.when') },
    actorName,
    nameOf({ kind, name }: AuditEntry['actor']): string {
      return kind === 'token' ? t('audit.actor.token', { name }) : actorName(kind, name)
    },
    sentenceOf(entry: AuditEntry): string {
      const key = keyOf(entry.action)
      if (key === undefined) return `${entry.action} ${entry.target}`
      // A sentence may have another form for when nobody and nothing is named.
      return t(key, { ...valuesOf(entry), context: entry.target === '' ? 'nobody' : undefined })
    },
    /** The kind of action by itself, for choosing. */
    actionName(action: string): string {
      const key = rooms.map((room) => `${room}:audit.kind.${action}`).find((one) => i18n.exists(one))
      return key === undefined ? action : t(key)
    },
  }
}
