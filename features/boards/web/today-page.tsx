import { Link } from '@tanstack/react-router'
import { dayOf, formatDay, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { usePageTitle } from '../../../web/ui/use-page-title.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { RecipeList } from '../../reports/web/parts.ts'
import { Calls } from './calls.tsx'
import { Findings } from './findings.tsx'
import { HomeBoard } from './home-board.tsx'
import { NewsColumns } from './news-columns.tsx'
import classes from './today.module.css'
import { useMayCall, useTodayFacts } from './use-today.ts'
import { Yesterday } from './yesterday.tsx'

/** The shop's front page: what is new in three sentences, whom to call, how yesterday was, and questions to go on with. */
export function TodayPage() {
  const facts = useTodayFacts()
  const mayCall = useMayCall()
  if (facts.data?.hasEvents === false) return <BeforeFirst />
  return (
    <div className={classes.page}>
      <Masthead />
      <NewsColumns />
      <div className={classes.below} data-alone={!mayCall || undefined}>
        {mayCall && <Calls />}
        <aside className={classes.side}>
          <Yesterday facts={facts} />
          <Questions />
        </aside>
      </div>
      <Findings />
      <HomeBoard />
    </div>
  )
}

function Masthead() {
  const { t } = useTranslation('boards')
  const { id, timeZone } = useShop()
  const locale = useLocale()
  usePageTitle(t('today.title'))
  return (
    <header className={classes.masthead}>
      <h1>{t('today.title')}</h1>
      <p>
        <span>{formatDay(dayOf(new Date(), timeZone), locale, true)}</span>
        <Link to="/s/$shop/boards" params={{ shop: String(id) }}>
          {t('boards.title')}
        </Link>
      </p>
    </header>
  )
}

function Questions() {
  const { t } = useTranslation('boards')
  return (
    <section aria-label={t('recipes.title')}>
      <h2 className={classes.kicker}>{t('recipes.title')}</h2>
      <RecipeList />
    </section>
  )
}

/** Before the first event there is nothing to read: the way there is shown instead. */
function BeforeFirst() {
  const { t } = useTranslation('boards')
  const { id, role } = useShop()
  const mayConnect = role === 'owner' || role === 'marketer'
  usePageTitle(t('today.title'))
  return (
    <EmptyState
      wholePage
      title={t('today.nothing')}
      action={
        mayConnect && (
          <Link to="/s/$shop/start" params={{ shop: String(id) }}>
            {t('today.connect')}
          </Link>
        )
      }
    >
      {t('today.nothingWhy')}
    </EmptyState>
  )
}
