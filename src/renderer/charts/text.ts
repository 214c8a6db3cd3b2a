import { translated } from '../text/translated.svelte'

export const chartText = translated({
  en: {
    step: (step: string): string => `step ${step}`,
    none: 'Nothing was measured yet',
    description: (title: string, step: string, values: readonly string[]): string =>
      `Chart: ${title}. At step ${step}: ${values.join(', ')}.`
  },
  pl: {
    step: (step) => `krok ${step}`,
    none: 'Nie ma jeszcze pomiarów',
    description: (title, step, values) => `Wykres: ${title}. W kroku ${step}: ${values.join(', ')}.`
  }
})
