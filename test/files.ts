/** How many test files have begun in this process; what is done once a file is remembered by it. */
export const files = { begun: 0 }
