export const chartText = {
  step: (step: string): string => `step ${step}`,
  none: 'Nothing was measured yet',
  description: (title: string, step: string, values: readonly string[]): string =>
    `Chart: ${title}. At step ${step}: ${values.join(', ')}.`
}
