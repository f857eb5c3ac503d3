// This file is read by any Node, however old: it may use nothing that Node 14 doesn't have.

var NEEDED = [20, 19]

/** Ends the process with one clear sentence when this Node is too old. */
export function requireNode() {
  var version = process.versions.node.split('.').map(Number)
  var isEnough = version[0] > NEEDED[0] || (version[0] === NEEDED[0] && version[1] >= NEEDED[1])
  if (isEnough) return
  process.stderr.write(
    'Tropa needs Node ' +
      NEEDED.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      '.\n' +
      'Install the current LTS release from https://nodejs.org and run this again.\n',
  )
  process.exit(2)
}
