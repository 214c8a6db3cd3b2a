/** Whether something that comes every `interval` iterations comes after `step` of them, or because it is the last. */
export const isDue = (step: number, interval: number, lastStep: number): boolean =>
  step % interval === 0 || step === lastStep
