import { UnstyledButton } from '@mantine/core'
import type { CSSProperties } from 'react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ChannelMix, Estimate } from '../contract.ts'
import classes from './channel-mix.module.css'
import { type MixScale, makeScale } from './mix-scale.ts'
import { SaidFigure, toneOf } from './said-words.tsx'
import type { MixAddress } from './use-channel-mix.ts'

type Group = ChannelMix['groups'][number]

/** The four groups: as wide as their share of orders, as high as their customers are content. On a phone it lies. */
export function MixPicture({ answer, look }: { answer: ChannelMix; look: MixAddress['look'] }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const scale = makeScale(answer.groups)
  const groups = answer.groups.filter(({ orders }) => orders > 0)
  return (
    <figure className={classes.picture}>
      <div className={classes.plot}>
        <div className={classes.axis} aria-hidden="true">
          {scale.lines.map((value) => (
            <span
              key={value}
              style={{ '--at': scale.at(value) } as CSSProperties}
              data-zero={value === 0 || undefined}
            >
              {formatNumber(value, locale, { signed: true })}
            </span>
          ))}
        </div>
        <ol className={classes.groups} aria-label={t('picture.title')}>
          {groups.map((group) => (
            <Column key={group.key} group={group} orders={answer.orders} scale={scale} look={look} />
          ))}
        </ol>
      </div>
      <figcaption className={classes.legend}>
        <span data-mark="adjusted">{t('picture.adjusted')}</span>
        <span data-mark="raw">{t('picture.raw')}</span>
        <span data-mark="range">{t('picture.range')}</span>
      </figcaption>
    </figure>
  )
}

type ColumnProps = { group: Group; orders: number; scale: MixScale; look: MixAddress['look'] }

function Column({ group, orders, scale, look }: ColumnProps) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const { raw, adjusted } = group.said
  const share = group.orders / orders
  const main = adjusted ?? raw
  const name = t(`group.${group.key}`)
  const problems = formatPercent(group.problems / group.orders, locale)
  return (
    <li className={classes.group} style={{ '--share': share } as CSSProperties}>
      <div className={classes.head}>
        <strong>{name}</strong>
        <span>
          <b className="num">{formatPercent(share, locale)}</b>{' '}
          <UnstyledButton
            className={classes.count}
            aria-label={t('picture.show', { name, count: group.orders })}
            onClick={() => look({ group: group.key })}
          >
            {t('orders', { count: group.orders })}
          </UnstyledButton>
        </span>
      </div>
      <div className={classes.well} data-tone={toneOf('said', main)} aria-hidden="true">
        {main && <Body estimate={main} scale={scale} />}
        {raw && adjusted && <Mark kind="raw" estimate={raw} scale={scale} />}
        {main && <Mark kind={adjusted ? 'adjusted' : 'raw'} estimate={main} scale={scale} />}
      </div>
      <dl className={classes.figures}>
        <div>
          <dt>{t('figure.adjusted')}</dt>
          <dd>
            {adjusted || !raw ? <SaidFigure estimate={adjusted} /> : <span data-quiet>{t('noMatch')}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('figure.raw')}</dt>
          <dd>
            <SaidFigure estimate={raw} />
          </dd>
        </div>
        <div>
          <dt>{t('figure.problems')}</dt>
          <dd className="num">
            <UnstyledButton
              className={classes.count}
              onClick={() => look({ group: group.key, problem: true })}
              // Begins with what is seen, so that whoever speaks to the page is understood.
              aria-label={`${problems}. ${t('picture.showProblems', { name, count: group.problems })}`}
            >
              {problems}
            </UnstyledButton>
          </dd>
        </div>
      </dl>
    </li>
  )
}

function Body({ estimate, scale }: { estimate: Estimate; scale: MixScale }) {
  const [a, b] = [scale.at(0), scale.at(estimate.mean)]
  return (
    <span
      className={classes.bar}
      style={{ '--from': Math.min(a, b), '--to': Math.max(a, b) } as CSSProperties}
    />
  )
}

function Mark({ kind, estimate, scale }: { kind: 'raw' | 'adjusted'; estimate: Estimate; scale: MixScale }) {
  const style = {
    '--from': scale.at(estimate.low),
    '--to': scale.at(estimate.high),
    '--at': scale.at(estimate.mean),
  } as CSSProperties
  return (
    <>
      <span className={classes.whisker} data-mark={kind} style={style} />
      <span className={classes.mark} data-mark={kind} style={style} />
    </>
  )
}
