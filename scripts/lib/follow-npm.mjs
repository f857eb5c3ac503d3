import { readFileSync } from 'node:fs'

const LOOK_MS = 250

/**
 * Ends this process when the npm that started it ends. npm runs a script through a shell, and a signal to npm reaches
 * only that shell: without this, "kill" on a running "npm start" would leave the server behind, serving.
 */
export function followNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const ancestors = findAncestors()
  const timer = setInterval(() => {
    if (findAncestors().join() === ancestors.join()) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS)
  timer.unref()
}

/** Our parent and, where /proc tells, the parent of that: the shell and npm. */
function findAncestors() {
  return [process.ppid, findParent(process.ppid)]
}

function findParent(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // After the command, which is in brackets and may hold anything, come the state and the parent.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
  } catch {
    return undefined
  }
}
