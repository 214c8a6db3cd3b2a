/** Whether something that comes every `interval` iterations comes after `step` of them, or because it is the last. */
export const isDue = (step: number, interval: number, lastStep: number): boolean =>
  step % interval === 0 || step === lastStep

/** Whether scores come after `step` iterations: at their own interval and with each checkpoint; never where that is 0. */
export const isScoreDue = (
  step: number,
  { scoreEvery, checkpointEvery }: { readonly scoreEvery: number; readonly checkpointEvery: number },
  lastStep: number
): boolean => scoreEvery > 0 && (isDue(step, scoreEvery, lastStep) || isDue(step, checkpointEvery, lastStep))
