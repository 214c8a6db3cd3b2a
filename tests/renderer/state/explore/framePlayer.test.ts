import { describe, expect, it } from 'vitest'
import { FramePlayer } from '../../../../src/renderer/state/explore/framePlayer'

/** A window with 60 frames a second and a maker of frames that needs `answerMs` for each, all in simulated time. */
class Simulation {
  nowMs = 0
  inFlight = 0
  mostInFlight = 0
  readonly shown: number[] = []
  readonly problems: unknown[] = []
  readonly player: FramePlayer<number>
  #onFrame: (() => void) | null = null
  #answers: { readonly atMs: number; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = []

  constructor(answerMs: number, lanes = 1) {
    let freeAtMs: number[] = Array.from({ length: lanes }, () => 0)
    this.player = new FramePlayer<number>({
      ask: (seconds) =>
        new Promise((resolve, reject) => {
          this.inFlight++
          this.mostInFlight = Math.max(this.mostInFlight, this.inFlight)
          const [first = 0, ...others] = freeAtMs.sort((a, b) => a - b)
          const atMs = Math.max(first, this.nowMs) + answerMs
          freeAtMs = [...others, atMs]
          const done = (settle: () => void) => () => {
            this.inFlight--
            settle()
          }
          this.#answers.push({
            atMs,
            resolve: done(() => resolve(seconds)),
            reject: (error) => done(() => reject(error))()
          })
        }),
      show: (seconds) => this.shown.push(seconds),
      onProblem: (error) => this.problems.push(error),
      clock: {
        now: () => this.nowMs,
        onFrame: (callback) => {
          this.#onFrame = callback
          return () => {
            this.#onFrame = null
          }
        }
      }
    })
  }

  async run(ms: number): Promise<void> {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; this.nowMs += 1000 / 60) {
      const due = this.#answers.filter(({ atMs }) => atMs <= this.nowMs)
      this.#answers = this.#answers.filter(({ atMs }) => atMs > this.nowMs)
      for (const { resolve } of due) {
        resolve()
      }
      await Promise.resolve()
      await Promise.resolve()
      this.#onFrame?.()
    }
  }

  async breakDown(error: unknown): Promise<void> {
    for (const { reject } of this.#answers.splice(0)) {
      reject(error)
    }
    await Promise.resolve()
    await Promise.resolve()
  }
}

describe('FramePlayer', () => {
  it('shows 30 frames a second, each once and in its order, where they are made in time', async () => {
    const simulation = new Simulation(10)
    simulation.player.start()
    await simulation.run(3000)
    expect(simulation.player.rate).toBeGreaterThan(28)
    expect(simulation.player.rate).toBeLessThanOrEqual(31)
    expect(simulation.shown).toEqual([...new Set(simulation.shown)].sort((a, b) => a - b))
    expect(simulation.shown.length).toBeGreaterThan(85)
  })

  it('leaves frames out where they are made slowly, and keeps its time', async () => {
    const simulation = new Simulation(200)
    simulation.player.start()
    await simulation.run(4000)
    expect(simulation.player.rate).toBeCloseTo(5, 0)
    expect(simulation.mostInFlight).toBe(2)
    // The newest one was asked for while the two before it were made.
    expect(simulation.shown.at(-1)).toBeGreaterThan(3.4)
  })

  it('tells no rate before half a second has passed', async () => {
    const simulation = new Simulation(10)
    simulation.player.start()
    await simulation.run(300)
    expect(simulation.player.rate).toBeNull()
  })

  it('goes on where it is told to', async () => {
    const simulation = new Simulation(10)
    simulation.player.start(7)
    await simulation.run(500)
    expect(simulation.shown[0]).toBeGreaterThanOrEqual(7)
    expect(simulation.shown[0]).toBeLessThan(7.3)
  })

  it('asks for nothing and shows nothing once it is stopped', async () => {
    const simulation = new Simulation(100)
    simulation.player.start()
    await simulation.run(200)
    simulation.player.stop()
    const { length } = simulation.shown
    await simulation.run(1000)
    expect([simulation.shown.length, simulation.inFlight, simulation.player.isPlaying]).toEqual([length, 0, false])
  })

  it('stops at the first failure and tells it once', async () => {
    const simulation = new Simulation(100)
    simulation.player.start()
    await simulation.run(50)
    await simulation.breakDown('gone')
    expect([simulation.problems, simulation.player.isPlaying]).toEqual([['gone'], false])
  })
})
