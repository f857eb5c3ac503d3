import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ApiError } from '../../api-error.ts'
import { notifyDone } from '../../notify.ts'
import { Banner } from '../../shell/banner.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { FormError, useFieldErrors } from '../../ui/form-error.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { Section } from '../../ui/section.tsx'
import type { Samples } from './samples.ts'
import classes from './ui-gallery.module.css'

const event = {
  type: 'track',
  event: 'Order Completed',
  userId: 'u-204',
  properties: { total: 2480, currency: 'UAH' },
}

const refused = new ApiError('validation_failed', 'body/email must match format "email".', {
  details: [{ instancePath: '/email', keyword: 'format', params: {} }],
})

export function FormParts({ words }: { words: Samples }) {
  const [isSecretShown, showSecret] = useState(true)
  const byField = useFieldErrors()(refused)
  const { revoke, erase } = words
  return (
    <>
      <Section title="FileDrop · ProgressBar">
        <div className={classes.stack}>
          <FileDrop label={words.drop} hint={words.dropHint} accept={['.csv', '.ndjson']} onFile={noteFile} />
          <ProgressBar label={words.dropHint} value={0.412} text={words.progress} />
          <ProgressBar label={words.reading} value={null} tone="even" />
        </div>
      </Section>
      <Section title="CopyField · SecretOnce · CodeBlock">
        <div className={classes.stack}>
          <CopyField label="URL" value="https://tropa.lypa.example/v1/batch" />
          {isSecretShown && (
            <SecretOnce label={words.secret} secret="wk_9f2c7e51d0ab4c3e" onDone={() => showSecret(false)} />
          )}
          <CodeBlock label={words.code} code={JSON.stringify(event, null, 2)} />
        </div>
      </Section>
      <Section title="FormError · ConfirmButton · Banner">
        <div className={classes.stack}>
          <TextInput label={words.field} defaultValue="oksana@" error={byField.email} />
          <FormError error={refused} />
          <div className={classes.row}>
            <Button onClick={() => notifyDone(words.badges.won)}>{words.act}</Button>
            <Button variant="default">{words.emptyAct}</Button>
            <Button variant="light">{words.emptyAct}</Button>
            <Button disabled>{words.act}</Button>
            <ConfirmButton {...revoke} consequence={revoke.what} confirmLabel={revoke.yes} onConfirm={fail} />
            <ConfirmButton
              {...erase}
              consequence={erase.what}
              confirmLabel={erase.yes}
              typeToConfirm={erase.type}
              onConfirm={() => undefined}
            />
          </div>
          <Banner tone="even" icon={null}>
            {words.period}
          </Banner>
        </div>
      </Section>
    </>
  )
}

const noteFile = (file: File) => notifyDone(file.name)

function fail() {
  throw new ApiError('forbidden', 'This needs the role owner; yours is viewer.')
}
