import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import forms from './forms.module.css'
import { type SnippetKind, snippetKinds, writeSnippet } from './snippets.ts'

/** Ready to paste, with the real key and this server's address. */
export function SendSnippets({ writeKey }: { writeKey: string }) {
  const { t } = useTranslation('accounts')
  const [kind, setKind] = useState<SnippetKind>('curl')
  const data = snippetKinds.map((value) => ({ value, label: t(`snippet.${value}`) }))
  return (
    <div className={forms.form}>
      <SegmentedControl
        aria-label={t('snippet.how')}
        value={kind}
        onChange={(value) => setKind(value as SnippetKind)}
        data={data}
        w="fit-content"
        maw="100%"
      />
      <CodeBlock label={t(`snippet.${kind}`)} code={writeSnippet(kind, window.location.origin, writeKey)} />
    </div>
  )
}
