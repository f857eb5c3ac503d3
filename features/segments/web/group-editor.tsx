import { ActionIcon, Button, Select } from '@mantine/core'
import { IconCopyPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MAX_CONDITIONS, MAX_DEPTH } from '../limits.ts'
import { AddCondition } from './add-condition.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import classes from './segments.module.css'
import { addAt, changeAt, countConditions, type Group, isGroup, type Part, type Path } from './tree.ts'

interface TreeProps {
  path: Path
  root: Group
  change: (root: Group) => void
  /** The segment being edited: it can't be a part of itself. */
  own: number | undefined
}

const MODES = ['all', 'any', 'none'] as const

/** A group of conditions, and groups within it; between two parts stands the word that joins them. */
export function GroupEditor({ group, ...tree }: TreeProps & { group: Group }) {
  const { t } = useTranslation('segments')
  const { path, root, change } = tree
  const setMode = (mode: string | null) =>
    mode &&
    change(changeAt(root, path, (part) => (isGroup(part) ? { ...part, mode: mode as Group['mode'] } : part)))
  return (
    <div className={classes.group}>
      <div className={classes.groupHead}>
        <Select
          aria-label={t('group.mode')}
          data={MODES.map((value) => ({ value, label: t(`group.${value}`) }))}
          value={group.mode}
          allowDeselect={false}
          onChange={setMode}
        />
        {path.length > 0 && (
          <ActionIcon
            color="lost"
            aria-label={t('group.remove')}
            onClick={() => change(changeAt(root, path, () => undefined))}
          >
            <IconTrash size={17} stroke={1.7} />
          </ActionIcon>
        )}
      </div>
      {group.parts.length === 0 && (
        <p className={classes.empty}>{t(group.mode === 'any' ? 'group.emptyAny' : 'group.empty')}</p>
      )}
      <ul className={classes.parts}>
        {group.parts.map((part, index) => (
          // Parts have no names of their own: their place is what they are known by.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            {index > 0 && (
              <span className={classes.joint}>{t(group.mode === 'all' ? 'group.and' : 'group.or')}</span>
            )}
            <PartEditor part={part} {...tree} path={[...path, index]} />
          </li>
        ))}
      </ul>
      <Adding {...tree} />
    </div>
  )
}

/** Room is told before it runs out: whoever sees the end coming can still put conditions into a segment of their own. */
const NEARLY_FULL = 5

function Adding({ path, root, change, own }: TreeProps) {
  const { t } = useTranslation('segments')
  const room = MAX_CONDITIONS - countConditions(root)
  const isDeep = path.length + 2 >= MAX_DEPTH
  return (
    <>
      <div className={classes.adding}>
        {room > 0 && <AddCondition own={own} onAdd={(part) => change(addAt(root, path, part))} />}
        {room > 0 && !isDeep && (
          <Button
            variant="subtle"
            size="sm"
            leftSection={<IconCopyPlus size={17} stroke={1.7} />}
            onClick={() => change(addAt(root, path, { mode: 'any', parts: [] }))}
          >
            {t('group.add')}
          </Button>
        )}
      </div>
      {isDeep && <p className={classes.limit}>{t('limit.depth', { count: MAX_DEPTH })}</p>}
      {path.length === 0 && room <= NEARLY_FULL && (
        <p className={classes.limit} role="status">
          {room > 0 ? t('limit.nearly', { count: room }) : t('limit.full', { count: MAX_CONDITIONS })}
        </p>
      )}
    </>
  )
}

function PartEditor({ part, ...tree }: TreeProps & { part: Part }) {
  const { path, root, change } = tree
  if (isGroup(part)) return <GroupEditor group={part} {...tree} />
  return (
    <ConditionEditor
      condition={part}
      own={tree.own}
      onChange={(condition) => change(changeAt(root, path, () => condition))}
      onRemove={() => change(changeAt(root, path, () => undefined))}
    />
  )
}
