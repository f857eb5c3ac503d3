/** Below a tenth a whole percent hides what differs. */
export const digitsOf = (share: number): number => (share > 0 && share < 0.1 ? 1 : 0)
