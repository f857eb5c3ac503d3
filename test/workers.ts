/** Two cores are what is promised to be enough; the engines take their share of them. */
export const WORKERS = 2
