import fc from 'fast-check'

// The gate says the same of the same code; on a developer's machine each run of a property test tries other cases.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 })
