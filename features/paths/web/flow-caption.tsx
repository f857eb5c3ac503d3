import { useTranslation } from 'react-i18next'
import type { FlowAnswer } from '../contract.ts'
import { DifferenceText } from './difference-text.tsx'
import type { PlacedNode } from './flow-layout.ts'
import { useFlowWords } from './flow-words.ts'
import classes from './paths.module.css'

interface FlowCaptionProps {
  answer: FlowAnswer
  node: PlacedNode | undefined
  nameOf: (key: string) => string
}

/** Below the picture, what is under the pointer or the finger, in words. */
export function FlowCaption({ answer, node, nameOf }: FlowCaptionProps) {
  const { t } = useTranslation('paths')
  const words = useFlowWords(nameOf)
  return (
    <p className={classes.caption} aria-hidden="true">
      {node ? words.tell(node.node, node.column) : t('flow.caption', { count: answer.root.n })}{' '}
      {node?.node.other && <DifferenceText of={node.node} />}
    </p>
  )
}
