import classes from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'

/** Code or JSON to read and take along. `label` names it for screen readers. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure className={classes.block}>
      <figcaption className={classes.head}>
        <span>{label}</span>
        <CopyButton text={code} />
      </figcaption>
      {/* Long lines scroll sideways, and the keyboard must be able to do that too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable */}
      <pre className={classes.code} tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  )
}
