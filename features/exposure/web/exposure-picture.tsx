import { UnstyledButton } from '@mantine/core'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { ExposureAnswer, ExposureBin } from '../contract.ts'
import { isHappening } from '../vocabulary.ts'
import { drawSmooth, findFilled, makeScale, type Scale } from './curve.ts'
import classes from './exposure.module.css'
import { type ExposureAddress, useExposureWords } from './use-exposure.ts'
import { toneOf } from './verdict.tsx'

type Open = ExposureAddress['open']

const style = (values: Record<string, number | string>) => values as CSSProperties

/** The curve with its band; thin beside it what a plain comparison would say. */
export function ExposurePicture({ answer, open }: { answer: ExposureAnswer; open: Open }) {
  const { t } = useTranslation('exposure')
  const bins = findFilled(answer.bins)
  const scale = findScale(answer, bins)
  const locale = useLocale()
  // Thirds and fifths of whole numbers are never quite whole.
  const digits = scale.ticks.every((tick) => Math.abs(tick - Math.round(tick)) < 1e-9) ? 0 : 1
  return (
    <div className={classes.picture} data-tone={toneOf(answer)} style={style({ '--groups': bins.length })}>
      <p className={classes.unit}>{t(`unit.${answer.outcome}`)}</p>
      <div className={classes.plot} aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span key={tick} className={classes.tick} style={style({ '--at': scale.at(tick) })}>
            <span>{formatNumber(tick, locale, { digits })}</span>
          </span>
        ))}
        <Lines answer={answer} bins={bins} scale={scale} />
        {bins.map((bin, place) => (
          <Mark key={bin.from} bin={bin} place={place} scale={scale} />
        ))}
        <Enough answer={answer} bins={bins} />
      </div>
      <ol className={classes.groups} aria-label={t('picture.groups')}>
        {bins.map((bin) => (
          <Group key={bin.from} bin={bin} answer={answer} open={open} />
        ))}
      </ol>
      <p className={classes.axis}>{t('picture.axis', { count: answer.window })}</p>
      <Legend hasCurve={answer.refusal === null} />
    </div>
  )
}

function findScale({ smooth, outcome }: ExposureAnswer, bins: readonly ExposureBin[]): Scale {
  const values = bins.flatMap(({ plain, adjusted }) => [
    ...(plain === null ? [] : [plain]),
    ...(adjusted ? [adjusted.low, adjusted.high] : []),
  ])
  // A band that runs away in an empty corner would press everything else flat.
  const most = 1.6 * Math.max(...values.map(Math.abs))
  const band = smooth.flatMap(({ low, high }) => [low, high]).filter((value) => Math.abs(value) <= most)
  return makeScale([...values, ...band], isHappening(outcome))
}

type LinesProps = { answer: ExposureAnswer; bins: readonly ExposureBin[]; scale: Scale }

function Lines({ answer, bins, scale }: LinesProps) {
  const smooth = drawSmooth({ smooth: answer.smooth, bins: [...bins] }, scale)
  const plain = bins.flatMap(({ plain: value }, at) =>
    value === null ? [] : [`${at * 100 + 50} ${(100 - scale.at(value) * 100).toFixed(2)}`],
  )
  return (
    <svg
      className={classes.lines}
      viewBox={`0 0 ${bins.length * 100} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {smooth && <path className={classes.band} d={smooth.band} />}
      {plain.length > 1 && <path className={classes.ghost} d={`M${plain.join('L')}`} />}
      {smooth && <path className={classes.curve} d={smooth.line} />}
    </svg>
  )
}

function Mark({ bin, place, scale }: { bin: ExposureBin; place: number; scale: Scale }) {
  const { plain, adjusted, persons } = bin
  return (
    <>
      {plain !== null && (
        <span className={classes.plain} style={style({ '--place': place, '--at': scale.at(plain) })} />
      )}
      {adjusted && persons >= FLOOR_NUMBER && (
        <>
          <span
            className={classes.reach}
            style={style({
              '--place': place,
              '--low': scale.at(adjusted.low),
              '--high': scale.at(adjusted.high),
            })}
          />
          <span
            className={classes.dot}
            style={style({ '--place': place, '--at': scale.at(adjusted.value) })}
          />
        </>
      )}
    </>
  )
}

function Enough({ answer, bins }: { answer: ExposureAnswer; bins: readonly ExposureBin[] }) {
  const { t } = useTranslation('exposure')
  const place = bins.findIndex(({ from }) => from === answer.enough)
  if (place < 1) return null
  return (
    <span className={classes.enough} style={style({ '--place': place + 1 })}>
      <span>{t('picture.enough')}</span>
    </span>
  )
}

/** A group's figures in words; its persons are a click away. */
function Group({ bin, answer, open }: { bin: ExposureBin; answer: ExposureAnswer; open: Open }) {
  const { t } = useTranslation('exposure')
  const locale = useLocale()
  const { write, range, bin: label } = useExposureWords(answer.outcome)
  const { adjusted, plain, persons } = bin
  const isEnough = persons >= FLOOR_NUMBER
  const value = adjusted?.value ?? plain
  return (
    <li>
      <strong>{label(bin)}</strong>
      <span className={classes.value} data-plain={adjusted ? undefined : true}>
        {isEnough && value !== null ? write(value) : t('ui:fewData')}
      </span>
      {isEnough && adjusted && <small className="range">{range(adjusted)}</small>}
      <UnstyledButton
        className={classes.who}
        aria-label={t('picture.who', { bin: label(bin), count: persons })}
        onClick={() => open({ bin: bin.from, last: bin.to ?? undefined })}
      >
        {t('picture.persons', { count: persons, number: formatNumber(persons, locale) })}
      </UnstyledButton>
    </li>
  )
}

function Legend({ hasCurve }: { hasCurve: boolean }) {
  const { t } = useTranslation('exposure')
  return (
    <ul className={classes.legend}>
      {hasCurve && (
        <li>
          <span className={classes.keyCurve} />
          {t('picture.adjusted')}
        </li>
      )}
      <li>
        <span className={classes.keyPlain} />
        {t('picture.plain')}
      </li>
    </ul>
  )
}
