import { useState } from 'react'
import type { PersonListItem } from '../contract.ts'
import { FindPerson } from './find-person.tsx'
import { MergePreviewStep } from './merge-preview.tsx'

type MergeDialogProps = {
  person: Pick<PersonListItem, 'id' | 'label'>
  close: () => void
}

/** Joining with another person: first whom, then what that would do, in either direction. */
export function MergeDialog({ person, close }: MergeDialogProps) {
  const [other, setOther] = useState<string>()
  if (other === undefined) return <FindPerson except={person.id} onChoose={setOther} />
  return <MergePreviewStep from={other} into={person.id} onBack={() => setOther(undefined)} close={close} />
}
