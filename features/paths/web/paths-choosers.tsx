import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chooser, CompareChooser, PeriodChooser, SegmentChooser } from '../../reports/web/parts.ts'
import {
  DEPTHS,
  DIRECTIONS,
  type Direction,
  NODE_KINDS,
  type NodeKind,
  UNITS,
  UNTIL,
  type Unit,
  type Until,
} from '../vocabulary.ts'
import classes from './paths.module.css'
import { type PathsSearch, VIEWS, type View } from './paths-search.ts'
import type { useNodeNames } from './use-node-names.ts'
import type { PathsAddress } from './use-paths.ts'

type Choices = ReturnType<typeof useNodeNames>['choices']

/** Which picture, and what is asked. What a choice makes senseless is let go of; what is rarely changed is folded away. */
export function PathsChoosers({ address, choices }: { address: PathsAddress; choices: Choices }) {
  const { t } = useTranslation('paths')
  const { search, change } = address
  const { view = 'flow' } = search
  const changed = countChanged(search, view)
  const [isOpen, setOpen] = useState(changed > 0)
  const id = useId()
  return (
    <>
      <Views address={address} view={view} />
      <PeriodChooser search={search} change={(part) => change({ ...part, who: undefined })} />
      <SegmentChooser search={search} change={(part) => change({ ...part, who: undefined })} />
      <CompareChooser search={search} change={(part) => change({ ...part, who: undefined })} />
      {view === 'flow' && <FlowChoosers address={address} choices={choices} />}
      {view === 'variants' && (
        <Chooser
          label={t('through.label')}
          value={search.through ?? ''}
          data={[{ value: '', label: t('through.all') }, ...choices]}
          onChoose={(value) => change({ through: value === '' ? undefined : value, who: undefined })}
        />
      )}
      <Button
        variant="subtle"
        size="sm"
        className={classes.more}
        leftSection={<IconAdjustmentsHorizontal size={17} />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {t('more')}
        {!isOpen && changed > 0 && ` · ${changed}`}
      </Button>
      <div id={id} className={classes.folded} hidden={!isOpen}>
        {isOpen && <RareChoosers address={address} view={view} />}
      </div>
    </>
  )
}

/** How many of the settings that can be folded away differ from the usual. */
const countChanged = ({ by, per, until, repeats, depth }: PathsSearch, view: View): number =>
  [
    by !== undefined && by !== 'touchpoint',
    per !== undefined && per !== 'journey',
    until !== undefined && until !== 'order',
    view !== 'steps' && repeats === 'each',
    view === 'flow' && depth !== undefined && depth !== DEPTHS.usual,
  ].filter(Boolean).length

function RareChoosers({ address: { search, change }, view }: { address: PathsAddress; view: View }) {
  const { t } = useTranslation('paths')
  const { per = 'journey', by = 'touchpoint', until = 'order', repeats = 'once' } = search
  return (
    <>
      <Chooser
        label={t('by.label')}
        value={by}
        data={NODE_KINDS.map((one) => ({ value: one, label: t(`by.${one}`) }))}
        onChoose={(value) =>
          change({ by: value as NodeKind, at: undefined, through: undefined, who: undefined })
        }
      />
      <Chooser
        label={t('per.label')}
        value={per}
        data={UNITS.map((one) => ({ value: one, label: t(`per.${one}`) }))}
        onChoose={(value) => change({ per: value as Unit, who: undefined })}
      />
      <Chooser
        label={t('until.label')}
        value={until}
        data={UNTIL.map((one) => ({ value: one, label: t(`until.${one}`) }))}
        onChoose={(value) => change({ until: value as Until, who: undefined })}
      />
      {view !== 'steps' && (
        <Chooser
          label={t('repeats.label')}
          value={repeats}
          data={(['once', 'each'] as const).map((one) => ({ value: one, label: t(`repeats.${one}`) }))}
          onChoose={(value) => change({ repeats: value === 'each' ? 'each' : undefined, who: undefined })}
        />
      )}
      {view === 'flow' && (
        <Chooser
          label={t('depth.label')}
          value={String(search.depth ?? DEPTHS.usual)}
          data={COUNTS.map((count) => ({ value: String(count), label: t('depth.steps', { count }) }))}
          onChoose={(value) => change({ depth: Number(value), who: undefined })}
        />
      )}
    </>
  )
}

const COUNTS = Array.from({ length: DEPTHS.most - DEPTHS.least + 1 }, (_, more) => DEPTHS.least + more)

function FlowChoosers({ address: { search, change }, choices }: { address: PathsAddress; choices: Choices }) {
  const { t } = useTranslation('paths')
  const { direction = 'forward', at = '' } = search
  return (
    <>
      <Chooser
        label={t('direction.label')}
        value={direction}
        data={DIRECTIONS.map((one) => ({ value: one, label: t(`direction.${one}`) }))}
        onChoose={(value) => change({ direction: value as Direction, who: undefined })}
      />
      <Chooser
        label={t('at.label')}
        value={at}
        data={[{ value: '', label: t(`at.${direction}`) }, ...choices]}
        onChoose={(value) => change({ at: value === '' ? undefined : value, who: undefined })}
      />
    </>
  )
}

/** The three pictures; each keeps the question. */
function Views({ address, view }: { address: PathsAddress; view: View }) {
  const { t } = useTranslation('paths')
  return (
    <nav className={classes.views} aria-label={t('view.label')}>
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          onClick={() => address.change({ view: one === 'flow' ? undefined : one, who: undefined })}
        >
          {t(`view.${one}`)}
        </button>
      ))}
    </nav>
  )
}
