import { Percent } from '../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Attribution, ChannelCredit } from '../contract.ts'
import classes from './attribution.module.css'
import { type Figure, MODEL_KEYS } from './attribution-search.ts'
import { MoneyRange, Times } from './figures.tsx'

type CompareTableProps = { answer: Attribution; figure: Figure; nameOf: (way: string) => string }

/** All models side by side: where they agree the answer hardly depends on the model, where they don't it is an opinion. */
export function CompareTable({ answer, figure, nameOf }: CompareTableProps) {
  const { t } = useTranslation('attribution')
  const byModel = new Map(answer.models.map(({ model, channels }) => [model as string, channels]))
  const ways = (byModel.get('markov') ?? []).map(({ channel }, at) => ({ channel, at }))
  const shareOf = (model: string, at: number) => byModel.get(model)?.[at]?.share ?? 0
  ways.sort((a, b) => shareOf('markov', b.at) - shareOf('markov', a.at))
  const shown = ways.filter(({ at }) => figure === 'share' || byModel.get('linear')?.[at]?.[figure])
  return (
    // A wide table scrolls inside its own frame; the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
    <section className={classes.scroll} tabIndex={0} aria-label={t(`compare.table.${figure}`)}>
      <table className={classes.compare}>
        <thead>
          <tr>
            <th scope="col">{t('column.channel')}</th>
            {MODEL_KEYS.map((model) => (
              <th key={model} scope="col">
                {t(`model.${model}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ channel, at }) => (
            <tr key={channel}>
              <th scope="row">{nameOf(channel)}</th>
              {MODEL_KEYS.map((model) => (
                <Cell
                  key={model}
                  credit={byModel.get(model)?.[at]}
                  figure={figure}
                  currency={answer.meta.currency}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type CellProps = { credit: ChannelCredit | undefined; figure: Figure; currency: string }

function Cell({ credit, figure, currency }: CellProps) {
  if (figure === 'costPerOrder')
    return (
      <td>
        <MoneyRange figure={credit?.costPerOrder} n={credit?.conversions ?? 0} currency={currency} />
      </td>
    )
  if (figure === 'return')
    return (
      <td>
        <Times figure={credit?.return} n={credit?.conversions ?? 0} />
      </td>
    )
  const share = credit?.share ?? 0
  return (
    <td style={{ backgroundSize: `${Math.round(100 * share)}% 100%` }}>
      <Percent value={share} low={credit?.low} high={credit?.high} />
    </td>
  )
}
