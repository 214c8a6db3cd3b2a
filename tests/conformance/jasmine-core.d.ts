/** The parts of jasmine-core that run a file of specs; the package brings no types. */
declare module 'jasmine-core' {
  interface Outcome {
    readonly description: string
    readonly fullName: string
    readonly failedExpectations: readonly { readonly message: string; readonly stack: string }[]
  }

  interface SpecOutcome extends Outcome {
    readonly status: 'passed' | 'failed' | 'pending' | 'excluded'
  }

  interface Reporter {
    specStarted(): void
    specDone(outcome: SpecOutcome): void
    suiteDone(outcome: Outcome): void
    jasmineDone(outcome: Pick<Outcome, 'failedExpectations'>): void
  }

  interface Environment {
    configure(options: { readonly random: boolean }): void
    addReporter(reporter: Reporter): void
    execute(): Promise<unknown>
  }

  const jasmineCore: {
    /** Makes `describe`, `it`, `expect` and the like global; a new environment when `reinitialize` is true. */
    boot(reinitialize: boolean): { getEnv(): Environment }
    /** What the last `boot` made global. */
    noGlobals(): { it(description: string, run: () => void | Promise<void>): void }
  }

  export type { Environment, Outcome, Reporter, SpecOutcome }
  export default jasmineCore
}
