import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { ImportPreview, ImportView, StartRequest } from '../contract.ts'
import { useFieldWords } from './field-words.ts'
import { importPaths } from './imports-api.ts'
import classes from './new-import.module.css'
import type { Preview } from './use-preview.ts'

type StartBarProps = { reading: Preview; preview: ImportPreview; files: string[] }

/** The last step: what stands in the way, or the button. */
export function StartBar({ reading, preview, files }: StartBarProps) {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { run, isRunning, error } = useAction(async () => {
    const body: StartRequest = {
      files,
      preset: preview.preset,
      timeZone: reading.timeZone,
      mapping: reading.mapping ?? undefined,
    }
    const { id } = await api.post<ImportView>(importPaths(shop.id).list, { body })
    await queryClient.invalidateQueries({ queryKey: [importPaths(shop.id).list] })
    await navigate({
      to: '/s/$shop/imports/$import',
      params: { shop: String(shop.id), import: String(id) },
    })
  })
  const isStuck = preview.problems.length > 0
  const isWhole = preview.sampleBad === 0
  const isHopeless = preview.sampleRows > 0 && preview.sampleBad === preview.sampleRows
  return (
    <section className={classes.start} aria-label={t('start.label')}>
      <div className={classes.startWords}>
        {isStuck ? (
          <Problems preview={preview} />
        ) : (
          <p className={isHopeless ? undefined : classes.ready}>
            {t(isWhole ? 'start.ready' : isHopeless ? 'start.none' : 'start.some')}
          </p>
        )}
        <FormError error={error} />
      </div>
      <div className={classes.buttons}>
        <Button
          component={Link}
          to="/s/$shop/imports"
          params={{ shop: String(shop.id) } as never}
          variant="default"
        >
          {t('start.cancel')}
        </Button>
        <Button
          leftSection={<IconPlayerPlay size={17} stroke={1.8} />}
          onClick={() => void run()}
          loading={isRunning}
          disabled={isStuck || isHopeless || reading.isAsking}
        >
          {t('start.go')}
        </Button>
      </div>
    </section>
  )
}

function Problems({ preview }: { preview: ImportPreview }) {
  const { t, i18n } = useTranslation('imports')
  const { nameOf } = useFieldWords()
  const lacking = preview.fields.filter(({ isRequired, column }) => isRequired && column === null)
  const fields = lacking.map(({ field }) => nameOf(field)).join(', ')
  return (
    <>
      <p>
        <strong>{t('start.first')}</strong>
      </p>
      <ul className={classes.problems}>
        {preview.problems.map(({ code, message }) => (
          <li key={code + message}>
            <IconAlertTriangle size={17} stroke={1.8} aria-hidden="true" />
            <span>
              {i18n.exists(`imports:problem.${code}`) && t(`problem.${code}`, { fields })}{' '}
              {/* The server's sentence names files and columns, which ours can't. */}
              {code !== 'missing_fields' && (
                <small data-quiet lang="en">
                  {message}
                </small>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
