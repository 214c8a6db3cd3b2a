/** Versions of something that is edited: those before, the present one, and those that were undone, next first. */
export interface History<Version> {
  readonly past: readonly Version[]
  readonly present: Version
  readonly future: readonly Version[]
  /** What the newest change was about, so that the keystrokes of one field become one step; null for nothing in particular. */
  readonly topic: string | null
}

/** Versions that can be gone back to. */
const maxPast = 200

export const beginHistory = <Version>(present: Version): History<Version> => ({
  past: [],
  present,
  future: [],
  topic: null
})

/** The history with a new version, which replaces the newest one where both are about the same topic. */
export function record<Version>(history: History<Version>, present: Version, topic: string | null): History<Version> {
  const isSameStep = topic !== null && topic === history.topic
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-maxPast)
  return { past, present, future: [], topic }
}

/** The history in which the next change is a step of its own, whatever it is about. */
export const settle = <Version>(history: History<Version>): History<Version> => ({ ...history, topic: null })

export function undo<Version>({ past, present, future, topic }: History<Version>): History<Version> {
  const before = past.at(-1)
  return before === undefined
    ? { past, present, future, topic }
    : { past: past.slice(0, -1), present: before, future: [present, ...future], topic: null }
}

export function redo<Version>({ past, present, future, topic }: History<Version>): History<Version> {
  const [after, ...others] = future
  return after === undefined
    ? { past, present, future, topic }
    : { past: [...past, present], present: after, future: others, topic: null }
}
