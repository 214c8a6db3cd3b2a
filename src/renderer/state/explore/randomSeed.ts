/** Seeds that people can read and type. */
const seedsBelow = 100_000

/** A seed that nobody has chosen. */
export const randomSeed = (): number => Math.floor(Math.random() * seedsBelow)
