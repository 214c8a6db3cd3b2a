import jasmineCore, { type Outcome } from 'jasmine-core'
import { backendName } from '../../src/main/graph/trace/traceBackend'
import type { Activity, ConformanceBackend } from './conformanceBackend'

export interface SpecResult extends Activity {
  /** Names of its suites and its own, without the name of the test environment. */
  readonly name: string
  /** Why it failed or did not run; empty when it passed. */
  readonly failure: string
}

const failureOf = ({ failedExpectations }: Pick<Outcome, 'failedExpectations'>): string =>
  failedExpectations.map(({ message }) => message).join('\n')

/** tfjs puts the environment and its flags into the names of suites. */
const nameOf = ({ fullName }: Outcome): string => fullName.replaceAll(` ${backendName} {}`, '')

/** Declares the specs of one file, which `load` imports, and runs them in their order on `backend`. */
export async function runSpecs(load: () => Promise<unknown>, backend: ConformanceBackend): Promise<SpecResult[]> {
  const environment = jasmineCore.boot(true).getEnv()
  const results: SpecResult[] = []
  const addFailure = (name: string, failure: string): void => {
    if (failure !== '') {
      results.push({ name, failure, graphs: 0, refused: [] })
    }
  }
  environment.configure({ random: false })
  environment.addReporter({
    specStarted: () => backend.takeActivity(),
    specDone: (outcome) => {
      const isRun = outcome.status === 'passed' || outcome.status === 'failed'
      const failure = isRun ? failureOf(outcome) : `not run: ${outcome.status}`
      results.push({ name: nameOf(outcome), failure, ...backend.takeActivity() })
    },
    suiteDone: (outcome) => addFailure(`${nameOf(outcome)} (suite)`, failureOf(outcome)),
    jasmineDone: (outcome) => addFailure('(file)', failureOf(outcome))
  })
  await load()
  await environment.execute()
  return results
}
