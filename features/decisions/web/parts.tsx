export { DecisionDialog, type DecisionDialogProps } from './decision-dialog.tsx'
export { DecisionList, type DecisionListProps } from './decision-list.tsx'
export { useDecisionsPath, useMayDecide } from './use-decisions.ts'
export { VerdictBadge } from './verdict-part.tsx'
