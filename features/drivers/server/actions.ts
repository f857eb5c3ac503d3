/** Asking is an act for whoever wants the answer to be there before somebody opens the page. */
export { answerDrivers } from './answer-drivers.ts'
