import { files } from './files.ts'

// The set-up of each test file runs this, whoever shares the process.
files.begun++
