import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import forms from './forms.module.css'
import { type SnippetKind, snippetKinds, writeSnippet } from './snippets.ts'

type SendSnippetsProps = { writeKey: string; kinds?: readonly SnippetKind[]; first?: SnippetKind }

/** Ready to paste, with the real key and this server's address. */
export function SendSnippets({ writeKey, kinds = snippetKinds, first = 'curl' }: SendSnippetsProps) {
  const { t } = useTranslation('accounts')
  const [kind, setKind] = useState<SnippetKind>(first)
  // Side by side they would be cut on a phone.
  const isNarrow = useMediaQuery('(max-width: 620px)')
  const data = kinds.map((value) => ({ value, label: t(`snippet.${value}`) }))
  return (
    <div className={forms.form}>
      <SegmentedControl
        aria-label={t('snippet.how')}
        value={kind}
        onChange={(value) => setKind(value as SnippetKind)}
        data={data}
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        w={isNarrow ? '100%' : 'fit-content'}
      />
      <CodeBlock label={t(`snippet.${kind}`)} code={writeSnippet(kind, window.location.origin, writeKey)} />
    </div>
  )
}
