import { UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate, weightOf } from '../../reports/web/parts.ts'
import type { ConformanceAnswer, Share } from '../contract.ts'
import classes from './conformance.module.css'
import type { OpenPart } from './conformance-search.ts'
import { type Layout, LYING, layPath, UPRIGHT } from './lay-path.ts'
import { useStepNames } from './use-step-names.ts'

type PictureProps = { answer: ConformanceAnswer; open: (part: OpenPart) => void }

/** The intended path as a line of steps and what customers did with it: across on wide screens, down on a phone. */
export function PathPicture({ answer, open }: PictureProps) {
  const { t } = useTranslation('conformance')
  const isUpright = useMediaQuery('(max-width: 760px)') ?? false
  const layout = layPath(answer, isUpright ? UPRIGHT : LYING)
  return (
    <>
      <div className={classes.scroll}>
        <div
          className={classes.picture}
          style={{ '--steps': answer.steps.length } as React.CSSProperties}
          data-upright={isUpright || undefined}
        >
          <Drawing answer={answer} layout={layout} />
          <ol className={classes.steps} aria-label={t('picture.title')}>
            {answer.steps.map((_, index) => (
              // A step is known by its place: the same one may stand on the path twice.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Step key={index} answer={answer} place={index + 1} open={open} />
            ))}
          </ol>
        </div>
      </div>
      <ul className={classes.legend}>
        {(['on', 'skip', 'allowed', 'back', 'deadEnd'] as const).map((key) => (
          <li key={key} data-kind={key}>
            {t(`picture.${key}`)}
          </li>
        ))}
      </ul>
    </>
  )
}

function Drawing({ answer, layout }: { answer: ConformanceAnswer; layout: Layout }) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const locale = useLocale()
  const name = (step: number) => {
    const found = answer.steps[step - 1]
    return found ? nameStep(found) : t('step.start')
  }
  return (
    <svg
      className={classes.drawing}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      // The list beside it and the tables below say the same in numbers.
      aria-hidden="true"
    >
      {layout.drops.map((d) => (
        <path key={d} d={d} className={classes.drop} />
      ))}
      {layout.arcs.map(({ move, kind, width, d }) => (
        <path key={d} d={d} className={classes.arc} data-kind={kind} strokeWidth={width}>
          <title>
            {t('picture.move', {
              from: name(move.from),
              to: name(move.to),
              number: formatNumber(move.n, locale),
            })}
          </title>
        </path>
      ))}
      {layout.bands.map(({ d, width }) => (
        <path key={d} d={d} className={classes.band} strokeWidth={width} />
      ))}
      {layout.nodes.map(({ isGone, ...box }) => (
        <rect
          key={`${box.x} ${box.y}`}
          {...box}
          rx={6}
          className={classes.node}
          data-gone={isGone || undefined}
        />
      ))}
    </svg>
  )
}

type StepProps = PictureProps & { place: number }

/** A step's name and what became of those who came to it; every number leads to its persons. */
function Step({ answer, place, open }: StepProps) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const step = answer.steps[place - 1]
  const figures = answer.figures.steps[place - 1]
  if (!step || !figures) return null
  const name = nameStep(step)
  const { reached } = figures
  return (
    <li className={classes.step}>
      <div className={classes.name}>
        {name}
        {step.isGone && <small>{t('step.gone')}</small>}
        {step.isOptional && !step.isGone && <small>{t('step.optional')}</small>}
      </div>
      {reached && (
        <Who part="reached" share={reached} name={name} onOpen={() => open({ part: 'reached', step: place })}>
          <Estimate share={reached.share} low={null} high={null} n={reached.of} />
        </Who>
      )}
      {(['skipped', 'back', 'deadEnd'] as const).map((part) => (
        <Fate
          key={part}
          part={part}
          share={figures[part]}
          name={name}
          onOpen={() => open({ part, step: place })}
        />
      ))}
    </li>
  )
}

type FateProps = {
  part: 'reached' | 'skipped' | 'back' | 'deadEnd'
  share: Share
  name: string
  onOpen: () => void
}

/** How many skipped the step, went back from it or stopped there; nothing where hardly anybody did. */
function Fate(props: FateProps) {
  const { t } = useTranslation('conformance')
  const locale = useLocale()
  const { part, share } = props
  // What would read “0 %” stands in the table below.
  if (!share || share.share < 0.005) return null
  // From few a number of journeys says more than a share of them.
  const amount =
    weightOf(share.of) === 'number' ? formatPercent(share.share, locale) : formatNumber(share.n, locale)
  return <Who {...props}>{t(`picture.of.${part}`, { share: amount })}</Who>
}

function Who({ part, share, name, onOpen, children }: FateProps & { children: ReactNode }) {
  const { t } = useTranslation('conformance')
  const locale = useLocale()
  const number = formatNumber(share?.n ?? 0, locale)
  return (
    <UnstyledButton
      className={part === 'reached' ? classes.reached : classes.fate}
      data-kind={part}
      onClick={onOpen}
    >
      <span className="only-spoken">
        {t('picture.who', { step: name, what: t(`part.${part}`), number })}{' '}
      </span>
      {children}
    </UnstyledButton>
  )
}
