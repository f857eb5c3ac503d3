export { createRepeatFinder } from './find-repeats.ts'
export { type ImportLane, openImportLane } from './import-lane.ts'
export { isRunnerGone, nameRunner } from './runner-name.ts'
export { waitForEffects } from './wait-for-effects.ts'
