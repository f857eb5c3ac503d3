import { Link, type LinkProps } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { RecipeList } from './recipe-list.tsx'
import { reportList } from './report-list.ts'
import { ReportSketch } from './report-sketch.tsx'
import classes from './reports-page.module.css'
import { SavedList } from './saved-list.tsx'

/** All reports, each as the question that it answers, and those that the shop has saved. */
export function ReportsPage() {
  const { t } = useTranslation('reports')
  const { id } = useShop()
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <ul className={classes.cards} aria-label={t('reportList')}>
        {reportList.map(({ path }) => (
          <li key={path} className={classes.card}>
            <ReportSketch of={path} />
            <h2>
              <Link {...linkTo(id, path)} className={classes.question}>
                {t(`question.${path}`)}
              </Link>
            </h2>
            <p>{t(`what.${path}`)}</p>
            <span className={classes.name}>{t(`name.${path}`)}</span>
          </li>
        ))}
      </ul>
      <Section title={t('boards:recipes.title')} hint={t('boards:recipes.hint')}>
        <RecipeList />
      </Section>
      <SavedList />
    </>
  )
}

/** The list names pages that the router knows; its types would have each of them spelled out. */
const linkTo = (shop: number, path: string) => ({ to: `/s/${shop}/${path}` }) as object as LinkProps
