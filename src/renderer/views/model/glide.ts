import type { AnimationConfig } from 'svelte/animate'
import { cubicOut } from 'svelte/easing'
import { prefersReducedMotion } from 'svelte/motion'

const durationMs = 160

/** Lets an item of a list glide to its new place; unlike svelte's `flip` it never squeezes one that grew. */
export function glide(_: Element, { from, to }: { readonly from: DOMRect; readonly to: DOMRect }): AnimationConfig {
  const [x, y] = [from.left - to.left, from.top - to.top]
  return {
    duration: prefersReducedMotion.current ? 0 : durationMs,
    easing: cubicOut,
    css: (_t, left) => `transform: translate(${left * x}px, ${left * y}px)`
  }
}
