import type { RunCheck } from './check'

/** The seed notebook's second rule of thumb. */
export const uniformLatents: RunCheck = {
  severity: 'warning',
  title: { en: 'latents from a uniform distribution', pl: 'wektory ukryte z rozkładu jednostajnego' },
  why: {
    en: 'A Gaussian has no walls and looks the same in every direction, so that ways between two points stay among points that the generator knows.',
    pl: 'Rozkład normalny nie ma ścian i w każdym kierunku wygląda tak samo, więc droga między dwoma punktami biegnie przez miejsca, które generator zna.'
  },
  find: ({ configuration }) =>
    configuration.schedule.latentDistribution === 'normal'
      ? []
      : [
          {
            network: 'generator',
            position: null,
            text: {
              en: {
                expected: 'latents from a Gaussian',
                actual: 'uniform ones',
                todo: 'set latentDistribution to "normal"'
              },
              pl: {
                expected: 'wektory ukryte z rozkładu normalnego',
                actual: 'z jednostajnego',
                todo: 'ustaw latentDistribution na „normal”'
              }
            },
            repair: {
              label: { en: 'Draw them from a Gaussian', pl: 'Losuj z rozkładu normalnego' },
              edits: [{ kind: 'setting', path: ['schedule', 'latentDistribution'], value: 'normal' }]
            }
          }
        ]
}
