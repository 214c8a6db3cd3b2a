import type { TrainingEvent } from '../../shared/contract/training'
import type { Fallback } from '../engine/engine'
import type { PreparedStep } from './prepareStep'
import type { RunStart } from './runStart'

/** The event that tells that training begins. */
export const describeStart = (
  run: string,
  { configuration, pictures, fromStep, notices }: RunStart,
  { parameters, executable: { facts } }: PreparedStep,
  engine: string
): TrainingEvent => ({
  event: 'prepared',
  run,
  engine,
  pictures: pictures.count,
  parameters,
  compileMs: facts.compileMs ?? null,
  flops: facts.flops ?? null,
  fromStep,
  toStep: configuration.schedule.steps,
  notices: [...notices, ...fallbackNotices(facts.fallbacks ?? [])]
})

/** What a GPU engine leaves to the CPU, by operator, the dearest first. */
function fallbackNotices(fallbacks: readonly Fallback[]): string[] {
  if (fallbacks.length === 0) {
    return []
  }
  const operators = new Map<string, { count: number; ms: number }>()
  for (const { operator, ms } of fallbacks) {
    const known = operators.get(operator) ?? { count: 0, ms: 0 }
    operators.set(operator, { count: known.count + 1, ms: known.ms + ms })
  }
  const list = [...operators].sort(([, a], [, b]) => b.ms - a.ms)
  const told = list.map(([operator, { count, ms }]) => `${count} × ${operator} (${ms.toFixed(1)} ms)`).join(', ')
  return [`The engine leaves parts of each step to the CPU: ${told}.`]
}
