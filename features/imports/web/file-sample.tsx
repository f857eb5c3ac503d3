import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import type { ImportPreview, TableMapping } from '../contract.ts'
import { useFieldWords } from './field-words.ts'
import classes from './new-import.module.css'

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
}

type FileSampleProps = { preview: ImportPreview; mapping: TableMapping }

/** The first rows as they stand in the file, and how the file is written. */
export function FileSample({ preview, mapping }: FileSampleProps) {
  const { t } = useTranslation('imports')
  const { nameOf } = useFieldWords()
  if (preview.columns.length === 0) return null
  const fieldOf = new Map(Object.entries(mapping.fields).map(([field, column]) => [column, field]))
  return (
    <Section title={t('sample.title')} hint={<WrittenHow preview={preview} />} flush>
      {/* A wide table scrolls sideways, and the keyboard must be able to do that too. */}
      <figure
        aria-label={t('sample.title')}
        className={classes.sheet}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{t('sample.line')}</th>
              {preview.columns.map((column) => {
                const field = fieldOf.get(column)
                return (
                  <th key={column} scope="col" data-used={field !== undefined}>
                    {column}
                    {field !== undefined && <span className={classes.becomes}>→ {nameOf(field)}</span>}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map(({ line, cells }) => (
              <tr key={line}>
                <th scope="row">{line}</th>
                {preview.columns.map((column, index) => (
                  <td key={column}>{cells[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </figure>
    </Section>
  )
}

function WrittenHow({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation('imports')
  // Of several tables the rows shown are of the one that says how it is cut.
  const file = preview.files.find(({ encoding }) => encoding !== null)
  const delimiter = DELIMITERS[file?.delimiter ?? '']
  const parts = [
    preview.files.length > 1 ? file?.name : undefined,
    file?.encoding && t('sample.encoding', { encoding: file.encoding }),
    delimiter && t('sample.delimiter', { delimiter: t(`delimiter.${delimiter}`) }),
    t('sample.columns', { count: preview.columns.length }),
  ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}
