import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import { findWorst, groupOf, isSure, toneOf } from './arrange.ts'
import { DriverLevels } from './driver-levels.tsx'
import { DriverMoney } from './driver-money.tsx'
import { DriverPersonsList } from './driver-persons.tsx'
import { DriverSure } from './driver-sure.tsx'
import { DriverTrial } from './driver-trial.tsx'
import classes from './drivers.module.css'
import { LeftOutWhy } from './left-out-list.tsx'
import { Strips } from './strips.tsx'
import { useDriverFigures, useDriverNames } from './use-driver-words.ts'
import type { DriversAddress } from './use-drivers.ts'

export type DriverProps = { driver: Driver; answer: DriversAnswer; address: DriversAddress }

/** One driver with all that is known of it: its steps, how sure, what it costs, how to prove it, who is behind it. */
export function DriverDrawer({ driver, answer, address }: DriverProps) {
  const { t } = useTranslation('drivers')
  const { nameOf, stage } = useDriverNames()
  const close = () => address.turn({ driver: undefined, who: undefined })
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="min(660px, 100vw)"
      title={
        <>
          <span className={classes.stage}>{stage(driver.stage)}</span>
          <span className={classes.drawerName}>{nameOf(driver)}</span>
        </>
      }
      classNames={{ header: classes.drawerHead }}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={classes.drawer}>
        <Verdict driver={driver} answer={answer} />
        {driver.leftOut === null && <Known driver={driver} answer={answer} />}
        <Part title={t('drawer.people')}>
          <DriverPersonsList driver={driver} address={address} outcome={answer.outcome} />
        </Part>
      </div>
    </Drawer>
  )
}

function Known({ driver, answer }: Omit<DriverProps, 'address'>) {
  const { t } = useTranslation('drivers')
  return (
    <>
      <Part title={t('drawer.glance')}>
        <Glance driver={driver} answer={answer} />
      </Part>
      {driver.levels.length > 0 && (
        <Part
          title={t('drawer.levels')}
          hint={driver.kind === 'standard' ? t('drawer.levelsHint') : undefined}
        >
          <DriverLevels driver={driver} answer={answer} />
        </Part>
      )}
      {driver.money && groupOf(driver) === 'mend' && (
        <Part title={t('drawer.money')}>
          <DriverMoney driver={driver} money={driver.money} answer={answer} />
        </Part>
      )}
      <Part title={t('drawer.sure')}>
        <DriverSure driver={driver} answer={answer} />
      </Part>
      {driver.trial && (
        <Part title={t('drawer.trial')}>
          <DriverTrial trial={driver.trial} />
        </Part>
      )}
    </>
  )
}

export function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className={classes.drawerPart}>
      <h3>{title}</h3>
      {hint && <p className={classes.quiet}>{hint}</p>}
      {children}
    </section>
  )
}

function Verdict({ driver, answer }: Omit<DriverProps, 'address'>) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { level } = useDriverNames()
  const words = useDriverFigures(answer.outcome, answer.meta.currency)
  const group = groupOf(driver)
  const worst = findWorst(driver)
  if (group === undefined || !driver.effect)
    return (
      <div className={classes.verdict} data-tone="quiet">
        <p>
          <LeftOutWhy driver={driver} answer={answer} />
        </p>
      </div>
    )
  const isSmall = group === 'quiet' && isSure(driver.effect)
  const values = { count: driver.exposed, number: formatNumber(driver.exposed, locale) }
  return (
    <div className={classes.verdict} data-tone={toneOf(driver)}>
      <p className={classes.verdictFigure}>
        {words.effect(driver.effect.value)} <small className="range">{words.range(driver.effect)}</small>
      </p>
      <p>
        {t(`verdict.${isSmall ? 'small' : group}`)} {t('verdict.of', values)}
      </p>
      {worst && <p>{words.worst(worst, level(worst, driver))}.</p>}
      <p className={classes.quiet}>{t(driver.isChosen ? 'verdict.chosen' : 'verdict.association')}</p>
    </div>
  )
}

/** The plain difference, the one with all else alike, and the same by a curve. */
function Glance({ driver, answer }: Omit<DriverProps, 'address'>) {
  const { t } = useTranslation('drivers')
  const words = useDriverFigures(answer.outcome, answer.meta.currency)
  const kinds = ['naive', 'effect', 'curve'] as const
  const rows = kinds.flatMap((kind) => {
    const estimate = driver[kind]
    if (!estimate) return []
    const figures = { value: words.plain(estimate.value), range: words.range(estimate) }
    return [{ key: kind, label: t(`glance.${kind}`), estimate, ...figures, isPlain: kind === 'naive' }]
  })
  return (
    <>
      <Strips rows={rows} />
      {driver.event === 'newsletter' && <p className={classes.quiet}>{t('glance.openers')}</p>}
      {driver.isConfounded && <p className={classes.quiet}>{t('glance.why')}</p>}
    </>
  )
}
