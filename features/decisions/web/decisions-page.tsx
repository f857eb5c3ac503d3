import { Button } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { DecisionDialog } from './decision-dialog.tsx'
import { DecisionList } from './decision-list.tsx'
import { useChosenDecision } from './use-chosen-decision.ts'
import { useMayDecide } from './use-decisions.ts'
import { VerdictPart } from './verdict-part.tsx'

/** What the shop changed, where on the path and when. */
export function DecisionsPage() {
  const { t } = useTranslation('decisions')
  const [opened, setOpened] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const mayDecide = useMayDecide()
  const chosen = useChosenDecision()
  const open = () => {
    // Each opening begins with an empty form.
    setOpened(opened + 1)
    setOpen(true)
  }
  const add = mayDecide && <Button onClick={open}>{t('add')}</Button>
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={add} />
      <Section>
        <DecisionList
          chosen={chosen}
          below={(decision) => <VerdictPart decision={decision} isOpen={decision.id === chosen} />}
          empty={
            <EmptyState icon={<IconBulb />} title={t('empty')}>
              {t('emptyWhy')}
            </EmptyState>
          }
        />
      </Section>
      <DecisionDialog key={opened} isOpen={isOpen} close={() => setOpen(false)} />
    </>
  )
}
