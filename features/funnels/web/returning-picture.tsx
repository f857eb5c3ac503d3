import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Estimate, weightOf } from '../../reports/web/parts.ts'
import type { ReturningAnswer } from '../contract.ts'
import { ChangeCell } from './change-words.tsx'
import classes from './choosing.module.css'
import { digitsOf } from './share-digits.ts'

type Page = ReturningAnswer['pages'][number]
type Open = (list: { page: string; kind: 'back' | 'gone' }) => void
type PictureProps = { answer: ReturningAnswer; nameOf: (page: string) => string; open: Open }

/** Pages under each other, who has most visitors first: the share with its likely range on one axis, and whose it is. */
export function ReturningPicture({ answer, nameOf, open }: PictureProps) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const pages = answer.pages.filter(({ back }) => back !== null)
  const top = findTop(pages)
  return (
    <>
      <ol className={classes.pages} aria-label={t('returning.picture')}>
        {pages.map((page) => (
          <PageLine key={page.page} page={page} name={nameOf(page.page)} top={top} open={open} />
        ))}
      </ol>
      <div className={classes.axis} aria-hidden="true">
        <span>0</span>
        <span>{formatPercent(top, locale)}</span>
      </div>
    </>
  )
}

/** The axis ends at a round share above all that is drawn. */
function findTop(pages: readonly Page[]): number {
  const highs = pages
    .filter(({ back }) => back && weightOf(back.of) !== 'none')
    .map(({ back }) => back?.high ?? 0)
  const most = Math.max(0.05, ...highs)
  return [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1].find((end) => end >= most) ?? 1
}

function PageLine({ page, name, top, open }: { page: Page; name: string; top: number; open: Open }) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const { back, other, change } = page
  if (!back) return null
  const isTold = weightOf(back.of) !== 'none'
  const place = (share: number) => `${Math.min(100, (100 * share) / top)}%`
  return (
    <li>
      <span className={classes.name}>{name}</span>
      <span className={classes.line} aria-hidden="true">
        {isTold && (
          <>
            <i
              style={{
                insetInlineStart: place(back.low),
                insetInlineEnd: `calc(100% - ${place(back.high)})`,
              }}
            />
            <b style={{ insetInlineStart: place(back.share) }} />
          </>
        )}
        {other && <s style={{ insetInlineStart: place(other.share) }} />}
      </span>
      <span className={classes.figure}>
        <Estimate {...back} n={back.of} digits={digitsOf(back.share)} />
        <small className={classes.of}>
          <UnstyledButton className={classes.who} onClick={() => open({ page: page.page, kind: 'back' })}>
            {t('returning.nBack', { count: back.n })}
          </UnstyledButton>
          {' · '}
          <UnstyledButton className={classes.who} onClick={() => open({ page: page.page, kind: 'gone' })}>
            {t('returning.nGone', { count: back.of - back.n })}
          </UnstyledButton>
          {page.open > 0 &&
            ` · ${t('returning.nOpen', { count: page.open, n: formatNumber(page.open, locale) })}`}
        </small>
        {other && (
          <small className={classes.of}>
            {t('compare.change')}: <ChangeCell change={change} own={back} other={other} />
          </small>
        )}
      </span>
    </li>
  )
}
