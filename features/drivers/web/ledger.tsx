import { type CSSProperties, useState } from 'react'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver, DriversAnswer } from '../contract.ts'
import { findWorst, type Group, groupOf, isSure, type Ledger as Parts, toneOf } from './arrange.ts'
import classes from './drivers.module.css'
import { type Scale, scaleOf } from './scale.ts'
import { Glance } from './strips.tsx'
import { useDriverFigures, useDriverNames } from './use-driver-words.ts'

type LedgerProps = {
  answer: DriversAnswer
  groups: Parts['groups']
  open: (driver: string) => void
}

const style = (values: Record<string, number>) => values as CSSProperties

/** Every driver on one axis around zero: what is left when all else is alike, and hollow what a plain comparison shows. */
export function Ledger({ answer, groups, open }: LedgerProps) {
  const { t } = useTranslation('drivers')
  const all = groups.flatMap(({ drivers }) => drivers)
  const scale = scaleOf(all)
  const hasMoney = all.some((driver) => driver.money !== null && groupOf(driver) === 'mend')
  if (groups.length === 0) return <p className={classes.nothing}>{t('ledger.nothing')}</p>
  return (
    <div
      className={classes.ledger}
      data-money={hasMoney || undefined}
      style={style({ '--zero': scale.at(0) })}
    >
      <Axis scale={scale} answer={answer} />
      {groups.map(({ group, drivers }) => (
        <Part key={group} group={group} drivers={drivers} answer={answer} scale={scale} open={open} />
      ))}
      <Legend />
    </div>
  )
}

function Axis({ scale, answer }: { scale: Scale; answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const { plain } = useDriverFigures(answer.outcome, answer.meta.currency)
  return (
    <div className={classes.axis} aria-hidden="true">
      <span className={classes.axisUnit}>{t(`axis.${answer.outcome}`)}</span>
      <div className={classes.ticks}>
        {scale.ticks.map((tick) => (
          <span key={tick} style={style({ '--at': scale.at(tick) })} data-zero={tick === 0 || undefined}>
            {tick === 0 ? '0' : plain(tick).replace(/[.,]0$/, '')}
          </span>
        ))}
      </div>
    </div>
  )
}

type PartProps = Omit<LedgerProps, 'groups'> & { group: Group; drivers: Driver[]; scale: Scale }

function Part({ group, drivers, ...rest }: PartProps) {
  const { t } = useTranslation('drivers')
  // Where nothing is seen there is little to read; whoever wants to know opens it.
  const [isOpen, setOpen] = useState(group !== 'quiet')
  return (
    <section className={classes.part} data-group={group}>
      <header className={classes.partHead}>
        <h3>{t(`group.${group}.title`)}</h3>
        <p>{t(`group.${group}.hint`)}</p>
      </header>
      {isOpen ? (
        <ol>
          {drivers.map((driver) => (
            <Row key={driver.key} driver={driver} {...rest} />
          ))}
        </ol>
      ) : (
        <PlainButton className={classes.more} aria-expanded={false} onClick={() => setOpen(true)}>
          {t('ledger.more', { count: drivers.length })}
        </PlainButton>
      )}
    </section>
  )
}

type RowProps = Omit<LedgerProps, 'groups'> & { driver: Driver; scale: Scale }

function Row({ driver, answer, scale, open }: RowProps) {
  const { stage, nameOf } = useDriverNames()
  return (
    <li className={classes.row} data-tone={toneOf(driver)}>
      <div className={classes.said}>
        <span className={classes.stage}>{stage(driver.stage)}</span>
        <PlainButton className={classes.name} onClick={() => open(driver.key)}>
          {nameOf(driver)}
        </PlainButton>
        <Sentence driver={driver} answer={answer} />
      </div>
      <Plot driver={driver} scale={scale} />
      <RowMoney driver={driver} answer={answer} />
    </li>
  )
}

/** The row's figures in words: the effect with its range, of whom, and what a first glance would have said. */
function Sentence({ driver, answer }: { driver: Driver; answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const words = useDriverFigures(answer.outcome, answer.meta.currency)
  const { level } = useDriverNames()
  const worst = findWorst(driver)
  const { naive, isConfounded, effect, exposed, trial, verdict } = driver
  const isSeen = verdict === 'harms' || verdict === 'helps'
  if (!effect) return null
  return (
    <>
      <p className={classes.figure}>
        <strong>{words.effect(effect.value)}</strong> <small className="range">{words.range(effect)}</small>
        <span className={classes.who}>
          {t('persons', { count: exposed, number: formatNumber(exposed, locale) })}
        </span>
        {isSeen && trial?.weeks && (
          <span className={classes.who}>{t('ledger.trial', { count: trial.weeks })}</span>
        )}
      </p>
      {naive && isConfounded && (
        <p className={classes.glance}>
          {t(`glance.${sayGlance(driver)}`, {
            naive: words.plain(naive.value),
            effect: words.plain(effect.value),
          })}
        </p>
      )}
      {worst && <p className={classes.worst}>{words.worst(worst, level(worst, driver))}</p>}
    </>
  )
}

/** What is left of a first glance: another number, one that may be chance, or nothing. */
function sayGlance({ verdict, effect }: Driver): 'other' | 'unsure' | 'none' {
  if (verdict === 'harms' || verdict === 'helps') return 'other'
  return effect && isSure(effect) ? 'unsure' : 'none'
}

function Plot({ driver, scale }: { driver: Driver; scale: Scale }) {
  const { effect: shown, naive } = driver
  if (!shown) return <span />
  const marks = {
    '--low': scale.at(shown.low),
    '--high': scale.at(shown.high),
    '--at': scale.at(shown.value),
  }
  return (
    <div className={classes.plot} aria-hidden="true" style={style(marks)}>
      {naive && <Glance at={scale.at(naive.value)} real={scale.at(shown.value)} />}
      <span
        className={classes.reach}
        data-open-low={scale.isBeyond(shown.low) || undefined}
        data-open-high={scale.isBeyond(shown.high) || undefined}
      />
      <span className={classes.dot} data-sure={isSure(shown) || undefined} />
    </div>
  )
}

function RowMoney({ driver, answer }: { driver: Driver; answer: DriversAnswer }) {
  const { t } = useTranslation('drivers')
  const { money, moneyRange } = useDriverFigures(answer.outcome, answer.meta.currency)
  // What may be nothing has no price.
  if (!driver.money || groupOf(driver) !== 'mend') return null
  const { margin, revenue } = driver.money
  const sum = margin ?? revenue
  return (
    <div className={classes.money}>
      <span>{t(margin ? 'money.margin' : 'money.revenue')}</span>
      <strong>{money(sum.value)}</strong>
      <small className="range">{moneyRange(sum)}</small>
    </div>
  )
}

function Legend() {
  const { t } = useTranslation('drivers')
  return (
    <ul className={classes.legend}>
      {(['dot', 'naive', 'reach'] as const).map((mark) => (
        <li key={mark}>
          <span className={classes.key} data-mark={mark} aria-hidden="true" />
          {t(`legend.${mark}`)}
        </li>
      ))}
    </ul>
  )
}
