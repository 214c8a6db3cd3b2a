import type { LossConfiguration } from '../../../shared/config/runConfiguration'

/** Whether the discriminator's loss has a gradient penalty in it. */
export const hasPenalty = ({ gradientPenalty, penaltyWeight }: LossConfiguration): boolean =>
  gradientPenalty !== 'none' && penaltyWeight > 0
