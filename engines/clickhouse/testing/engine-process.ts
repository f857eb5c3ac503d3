import { startClickhouseEngine } from '../start-clickhouse-engine.ts'

// The engine of one test file: options as JSON in the first argument, the URL as the first line of output.
const engine = await startClickhouseEngine(JSON.parse(process.argv[2] ?? '{}'))
process.stdout.write(`${engine.url}\n`)
process.on('SIGTERM', async () => {
  await engine.stop()
  process.exit(0)
})
