import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import classes from './drivers.module.css'
import { useDriverNames } from './use-driver-words.ts'

type LeftOutListProps = {
  answer: DriversAnswer
  drivers: readonly Driver[]
  open: (driver: string) => void
}

/** What nobody can say yet, why, and what would help. */
export function LeftOutList({ answer, drivers, open }: LeftOutListProps) {
  const { t } = useTranslation('drivers')
  const { nameOf } = useDriverNames()
  if (drivers.length === 0) return null
  return (
    <Section title={t('leftOut.title')} hint={t('leftOut.hint')}>
      <ul className={classes.leftOut}>
        {drivers.map((driver) => (
          <li key={driver.key}>
            <PlainButton className={classes.name} onClick={() => open(driver.key)}>
              {nameOf(driver)}
            </PlainButton>
            <p>
              <LeftOutWhy driver={driver} answer={answer} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Why there is no number for a driver, and what would bring one. */
export function LeftOutWhy({ driver, answer }: { driver: Driver; answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const { nameOf } = useDriverNames()
  const reason = driver.leftOut ?? 'few_exposed'
  const twin = answer.drivers.find(({ key }) => key === driver.twin)
  const values = {
    twin: twin ? nameOf(twin) : (driver.twin ?? ''),
    exposed: driver.exposed,
    rest: Math.max(0, driver.persons - driver.exposed),
  }
  return (
    <>
      {reason === 'twin' && driver.twin === null
        ? t('leftOut.twin.whyAlone')
        : t(`leftOut.${reason}.why`, values)}{' '}
      {t(`leftOut.${reason}.what`)}
    </>
  )
}
