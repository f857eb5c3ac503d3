/** Where a command speaks: plain lines, one JSON value for machines, remarks that are not part of the answer. */
export interface CommandOutput {
  isTerminal: boolean
  wantsJson: boolean
  /** A line of the answer for people; nothing with `--json`. */
  line(text: string): void
  /** The answer for machines; printed once, only with `--json`. */
  json(value: unknown): void
  /** Progress and hints, on stderr. */
  remark(text: string): void
}

export function createCommandOutput(wantsJson: boolean): CommandOutput {
  return {
    isTerminal: process.stderr.isTTY === true,
    wantsJson,
    line: (text) => {
      if (!wantsJson) process.stdout.write(`${text}\n`)
    },
    json: (value) => {
      if (wantsJson) process.stdout.write(`${JSON.stringify(value)}\n`)
    },
    remark: (text) => void process.stderr.write(`${text}\n`),
  }
}
