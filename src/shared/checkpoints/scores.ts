import type { OutputConfiguration } from '../config/runConfiguration'

/** Ways of saying which checkpoint is the best. */
export type ScoreId = OutputConfiguration['keepBestBy']

/** Names in a line of metrics of what is measured of a generator's pictures. They are stable paths, never renamed. */
export const scoreNames = {
  /** Sliced Wasserstein distance to real pictures · 10³, mean over the levels; smaller is better. */
  swd: 'score/swd',
  /** The same between two sets of real pictures: the floor that no generator beats but by chance. */
  swdReal: 'score/swd-real',
  /** Mean MS-SSIM between pairs of generated pictures, 0 to 1; 1 means that all are the same. */
  msssim: 'score/msssim',
  /** The same of real pictures. */
  msssimReal: 'score/msssim-real'
} as const

/** Measured numbers by their names. */
export type Scores = Readonly<Record<string, number>>

const difference = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : Math.abs(a - b)

const lacking: { readonly [Id in ScoreId]: (scores: Scores) => number | undefined } = {
  swd: (scores) => scores[scoreNames.swd],
  msssim: (scores) => difference(scores[scoreNames.msssim], scores[scoreNames.msssimReal])
}

/** How much is lacking by a score, 0 being perfect; null where it was not measured. */
export function shortfall(id: ScoreId, scores: Scores): number | null {
  const value = lacking[id](scores)
  return value === undefined || !Number.isFinite(value) ? null : value
}

/** The scores in a line of metrics: "score/real" and "score/fake" are the discriminator's opinion and none of them. */
export const scoresIn = (metrics: Readonly<Record<string, unknown>>): Scores =>
  Object.fromEntries(
    Object.entries(metrics).filter(
      (entry): entry is [string, number] =>
        /^score\/(swd|msssim)/.test(entry[0]) && typeof entry[1] === 'number' && Number.isFinite(entry[1])
    )
  )
