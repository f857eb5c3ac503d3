export { JOURNEY_SILENCE_DAYS, JOURNEY_SILENCE_MS } from './journey-silence.ts'
