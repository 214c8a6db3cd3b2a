import type { OutputConfiguration } from '../config/runConfiguration'
import { type ScoreId, type Scores, shortfall } from './scores'

/** Which checkpoints of a run are kept. */
export type RetentionRule = Pick<OutputConfiguration, 'keepCheckpoints' | 'keepBest' | 'keepBestBy' | 'keepInterval'>

/** What the rule looks at in a checkpoint. */
export interface Keepable {
  readonly step: number
  readonly pinned: boolean
  /** Measured at its step. */
  readonly scores: Scores
}

export const keepReasons = ['newest', 'best', 'interval', 'pinned'] as const
export type KeepReason = (typeof keepReasons)[number]

/** The best `count` steps by a score, best first; of equal ones the newer. Those that were not measured are left out. */
export function bestSteps(checkpoints: readonly Keepable[], id: ScoreId, count: number): number[] {
  return checkpoints
    .flatMap(({ step, scores }) => {
      const value = shortfall(id, scores)
      return value === null ? [] : [{ step, value }]
    })
    .sort((a, b) => a.value - b.value || b.step - a.step)
    .slice(0, count)
    .map(({ step }) => step)
}

/**
 * Why the rule keeps each checkpoint; none of the reasons means that it goes. The newest one and the best one are kept
 * whatever the rule says.
 */
export function reasonsToKeep(
  checkpoints: readonly Keepable[],
  { keepCheckpoints, keepBest, keepBestBy, keepInterval }: RetentionRule
): ReadonlyMap<number, readonly KeepReason[]> {
  const newestFirst = checkpoints.map(({ step }) => step).sort((a, b) => b - a)
  const newest = new Set(newestFirst.slice(0, Math.max(1, keepCheckpoints)))
  const best = new Set(bestSteps(checkpoints, keepBestBy, Math.max(1, keepBest)))
  const applies: { readonly [Reason in KeepReason]: (checkpoint: Keepable) => boolean } = {
    newest: ({ step }) => newest.has(step),
    best: ({ step }) => best.has(step),
    interval: ({ step }) => keepInterval > 0 && step % keepInterval === 0,
    pinned: ({ pinned }) => pinned
  }
  return new Map(
    checkpoints.map((checkpoint) => [checkpoint.step, keepReasons.filter((reason) => applies[reason](checkpoint))])
  )
}

export type RuleLanguage = 'en' | 'pl'

const listed = (parts: readonly string[], and: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`

/** The Polish adjective for `count` things: 1 najnowszy, 2 najnowsze, 5 najnowszych. */
function polish(count: number, [one, few, many]: readonly [string, string, string]): string {
  const [tens, units] = [count % 100, count % 10]
  const isFew = units >= 2 && units <= 4 && (tens < 12 || tens > 14)
  return count === 1 ? one : `${count} ${isFew ? few : many}`
}

const scoreWords = {
  en: { swd: 'sliced Wasserstein distance', msssim: 'MS-SSIM' },
  pl: { swd: 'odległości Wassersteina (SWD)', msssim: 'MS-SSIM' }
} as const

const words: { readonly [Language in RuleLanguage]: (rule: RetentionRule) => string } = {
  en: ({ keepCheckpoints, keepBest, keepBestBy, keepInterval }) =>
    `Keeps ${listed(
      [
        keepCheckpoints === 1 ? 'the newest' : `the newest ${keepCheckpoints}`,
        `${keepBest === 1 ? 'the best' : `the best ${keepBest}`} by ${scoreWords.en[keepBestBy]}`,
        ...(keepInterval === 0 ? [] : [`one each ${keepInterval} iterations`]),
        'what you pinned'
      ],
      'and'
    )}.`,
  pl: ({ keepCheckpoints, keepBest, keepBestBy, keepInterval }) =>
    `Zostają: ${listed(
      [
        polish(keepCheckpoints, ['najnowszy', 'najnowsze', 'najnowszych']),
        `${polish(keepBest, ['najlepszy', 'najlepsze', 'najlepszych'])} według ${scoreWords.pl[keepBestBy]}`,
        ...(keepInterval === 0 ? [] : [`jeden co ${keepInterval} iteracji`]),
        'przypięte'
      ],
      'i'
    )}.`
}

/** The rule in words, as "Keeps the newest 5, the best 3 by sliced Wasserstein distance and what you pinned." */
export const describeRetention = (rule: RetentionRule, language: RuleLanguage = 'en'): string => words[language](rule)
