import { Alert, Button, SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseFilter } from '../../../kernel/filter/parse-filter.ts'
import type { Filter } from '../../../kernel/filter/schema.ts'
import { RuleNode } from './rule-node.tsx'
import classes from './touchpoints.module.css'

type RuleEditorProps = { rule: unknown; onChange: (rule: unknown) => void }

const EMPTY: Filter = { all: [{ field: 'name', op: 'in', value: ['Order Completed'], ignoreCase: true }] }

/** By which events the touchpoint is known: put together from conditions, or written as it is stored. */
export function RuleEditor({ rule, onChange }: RuleEditorProps) {
  const { t } = useTranslation('touchpoints')
  const [way, setWay] = useState<'parts' | 'text'>('parts')
  const problems = listProblems(rule)
  return (
    <fieldset className={classes.group}>
      <legend>{t('editor.rule')}</legend>
      {rule === null ? (
        <>
          <p data-quiet>{t('rule.named')}</p>
          <Button variant="default" size="xs" onClick={() => onChange(EMPTY)}>
            {t('rule.begin')}
          </Button>
        </>
      ) : (
        <>
          <SegmentedControl
            size="xs"
            aria-label={t('rule.way')}
            data={[
              { value: 'parts', label: t('rule.parts') },
              { value: 'text', label: t('rule.text') },
            ]}
            value={way}
            onChange={(value) => setWay(value as 'parts' | 'text')}
          />
          {way === 'parts' ? (
            <RuleNode filter={toGroup(rule)} onChange={onChange} onRemove={undefined} />
          ) : (
            <RuleText rule={rule} onChange={onChange} />
          )}
          {problems.map(({ path, message }) => (
            <Alert key={path + message} color="lost" variant="light" role="status">
              <code>{path}</code> {message}
            </Alert>
          ))}
          <div>
            <Button variant="subtle" size="xs" color="lost" onClick={() => onChange(null)}>
              {t('rule.none')}
            </Button>
          </div>
        </>
      )}
    </fieldset>
  )
}

function RuleText({ rule, onChange }: RuleEditorProps) {
  const { t } = useTranslation('touchpoints')
  const [text, setText] = useState(() => JSON.stringify(rule, null, 2))
  const [isBroken, setBroken] = useState(false)
  const take = (given: string) => {
    setText(given)
    try {
      onChange(JSON.parse(given))
      setBroken(false)
    } catch {
      setBroken(true)
    }
  }
  return (
    <Textarea
      label={t('rule.textLabel')}
      value={text}
      error={isBroken ? t('rule.broken') : undefined}
      onChange={(event) => take(event.currentTarget.value)}
      autosize
      minRows={6}
      maxRows={18}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
    />
  )
}

/** A rule of one condition is shown in a group, so that there is where to add another. */
function toGroup(rule: unknown): Filter {
  const filter = rule as Filter
  return typeof filter === 'object' && filter !== null && ('all' in filter || 'any' in filter)
    ? filter
    : { all: [filter] }
}

function listProblems(rule: unknown) {
  if (rule === null) return []
  const parsed = parseFilter(rule)
  return parsed.ok ? [] : parsed.problems
}
