import { z } from 'zod'
import { recall, remember } from './remembered'

export const themeNames = ['dark', 'light'] as const
export type Theme = (typeof themeNames)[number]

/** Dark or light, remembered, and told to the page as `data-theme`. */
export class ThemeState {
  #current: Theme = $state(recall('theme', z.enum(themeNames), 'dark'))
  readonly #root: HTMLElement

  constructor(root: HTMLElement) {
    this.#root = root
    this.#show()
  }

  get current(): Theme {
    return this.#current
  }

  set current(theme: Theme) {
    this.#current = theme
    remember('theme', theme)
    this.#show()
  }

  toggle(): void {
    this.current = this.#current === 'dark' ? 'light' : 'dark'
  }

  #show(): void {
    this.#root.dataset.theme = this.#current
  }
}
