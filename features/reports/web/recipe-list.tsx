import { Link, type LinkProps } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './recipe-list.module.css'
import { listRecipes } from './recipes.ts'
import { useHasPage } from './use-places.ts'

/** The questions that owners ask most; each opens its report with the question asked already. */
export function RecipeList() {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const recipes = listRecipes(useHasPage())
  return (
    <ol className={classes.recipes} aria-label={t('recipes.title')}>
      {recipes.map(({ key, place }) => (
        <li key={key}>
          <Link {...linkTo(`/s/${id}/${place.path}`, place.search)}>{t(`recipe.${key}`)}</Link>
        </li>
      ))}
    </ol>
  )
}

/** The list names pages that the router knows; its types would have each of them spelled out. */
const linkTo = (path: string, search: string) =>
  ({ to: path, search: readSearch(search) }) as object as LinkProps

function readSearch(search: string): Record<string, unknown> {
  const isNumber = (text: string) => /^\d{1,6}$/.test(text)
  return Object.fromEntries(
    [...new URLSearchParams(search)].map(([key, value]) => [key, isNumber(value) ? Number(value) : value]),
  )
}
