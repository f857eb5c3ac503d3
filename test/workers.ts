/** Two cores are what is promised to be enough; the engines take their share of them. */
export const WORKERS = 2
/** Tests in a browser and of killed processes wait most of the time: with two at a time the cores idle. */
export const WAITING_WORKERS = 3
