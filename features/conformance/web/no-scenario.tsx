import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { FilterBar } from '../../../web/ui/filter-bar.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ScenarioStep } from '../../touchpoints/contract.ts'
import classes from './conformance.module.css'
import { useScenariosPath } from './use-conformance.ts'
import { useStepNames } from './use-step-names.ts'

const step = (stage: string, touchpoints: string[], isOptional = false): ScenarioStep => ({
  ...{ stage, touchpoints, isOptional },
})

/** A path that most shops could begin with. */
export const EXAMPLE: ScenarioStep[] = [
  step('site', ['product_page']),
  step('contact', [], true),
  step('order', ['cart']),
  step('order', ['checkout']),
  step('delivery', ['status_message']),
  step('receipt', []),
  step('opinion', [], true),
]

/** In the place of the report while there is no path to compare with, or it has no steps. */
export function NoScenario({ name, children }: { name?: string; children?: ReactNode }) {
  const { t } = useTranslation('conformance')
  const { id, role } = useShop()
  const client = useQueryClient()
  const path = useScenariosPath()
  const add = useAction(async () => {
    await api.post(path, {
      body: { name: t('none.exampleName'), note: t('none.exampleNote'), path: EXAMPLE },
    })
    await client.invalidateQueries({ queryKey: [path] })
  })
  const mayEdit = role === 'owner' || role === 'marketer'
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      {children && <FilterBar>{children}</FilterBar>}
      <Section>
        <EmptyState
          icon={<IconRoute />}
          title={name === undefined ? t('none.title') : t('none.empty', { name })}
          action={
            mayEdit && (
              <div className={classes.ways}>
                {name === undefined && (
                  <Button loading={add.isRunning} onClick={() => void add.run()}>
                    {t('none.take')}
                  </Button>
                )}
                <Link to="/s/$shop/scenarios" params={{ shop: String(id) }}>
                  {t('none.open')}
                </Link>
              </div>
            )
          }
        >
          {t(mayEdit ? 'none.why' : 'none.ask')}
        </EmptyState>
        {name === undefined && <Example error={add.error} />}
      </Section>
    </>
  )
}

/** The example's steps in a row. */
function Example({ error }: { error: unknown }) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  return (
    <>
      <p className={classes.exampleTitle}>{t('none.example')}</p>
      <ol className={classes.example}>
        {EXAMPLE.map((one) => (
          <li key={`${one.stage} ${one.touchpoints.join()}`} data-optional={one.isOptional || undefined}>
            {nameStep(one)} {one.isOptional && <small>{t('step.optional')}</small>}
          </li>
        ))}
      </ol>
      <FormError error={error} />
    </>
  )
}
