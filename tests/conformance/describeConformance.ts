import { readdirSync, readFileSync } from 'node:fs'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as environments from '@tensorflow/tfjs-core/dist/jasmine_util.js'
import { afterAll, describe, expect, it } from 'vitest'
import { backendName } from '../../src/main/graph/trace/traceBackend'
import { createConformanceBackend, type Mode } from './conformanceBackend'
import { exclusionList } from './exclusionList'
import { type ExcludedSpecs, excludedFiles, excludedSpecs } from './exclusions'
import { runSpecs, type SpecResult } from './runSpecs'

const distribution = new URL('../../node_modules/@tensorflow/tfjs-core/dist/', import.meta.url)
const description = new URL('../../docs/conformance.md', import.meta.url)
const ending = '_test.js'

/** The files of specs in tfjs-core's package, as "ops/add". */
const allFiles = readdirSync(distribution, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith(ending))
  .map((path) => path.slice(0, -ending.length).replaceAll('\\', '/'))
  .sort()

const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ new URL(file + ending, distribution).href)

/** A spec with the file it stands in. */
interface Outcome extends SpecResult {
  readonly file: string
}

const isExcludedBy = ({ refused, specs }: ExcludedSpecs, outcome: Outcome): boolean =>
  (refused ?? []).some((what) => outcome.refused.includes(what)) ||
  (specs?.test(`${outcome.file}: ${outcome.name}`) ?? false)

/** A spec that the compiler refused something may still pass, where it expects an error: that proves nothing. */
const isPassed = ({ failure, refused }: Outcome): boolean => failure === '' && refused.length === 0

const ruleFor = (outcome: Outcome): ExcludedSpecs | undefined =>
  excludedSpecs.find((rule) => isExcludedBy(rule, outcome))

const explain = ({ name, failure, refused }: Outcome): string =>
  `${name}: ${failure === '' ? 'passed' : failure} (refused: ${refused.join(', ') || 'nothing'})`

/** Makes all suites run that tfjs would declare in browsers or on backends that read synchronously only. */
function declareEverything(): void {
  const { BROWSER_ENVS, CHROME_ENVS, NODE_ENVS, SYNC_BACKEND_ENVS } = environments
  for (const constraints of [BROWSER_ENVS, CHROME_ENVS, NODE_ENVS, SYNC_BACKEND_ENVS]) {
    delete constraints.flags
    constraints.predicate = () => true
  }
}

function summarize(mode: Mode, outcomes: readonly Outcome[]): string {
  const passed = outcomes.filter(isPassed)
  const others = outcomes.filter((outcome) => !isPassed(outcome))
  const failed = others.filter((outcome) => ruleFor(outcome) === undefined)
  const computed = passed.filter(({ graphs }) => graphs > 0)
  const graphs = passed.reduce((sum, outcome) => sum + outcome.graphs, 0)
  return (
    `conformance (${mode.written}): ${passed.length} passed (${computed.length} of them ran ${graphs} graphs), ` +
    `${failed.length} failed, ${others.length - failed.length} excluded (see docs/conformance.md)`
  )
}

/** Declares one test for each of tfjs-core's files of op tests, run through the compiler and onnxruntime. */
export function describeConformance(mode: Mode): void {
  // tfjs asks for endless stacks, which makes every error of ten thousand expectations slow.
  Error.stackTraceLimit = 10
  declareEverything()
  environments.setTestEnvs([{ name: backendName, backendName, isDataSync: false }])
  const backend = createConformanceBackend(mode)
  const files = allFiles.filter((file) => !excludedFiles.some((rule) => rule.files.test(file)))
  const outcomes: Outcome[] = []

  describe(`tfjs-core's op tests, tensors of numbers as ${mode.written}`, () => {
    it.each(files)('%s', async (file) => {
      const results = await runSpecs(() => load(file), backend)
      const ran = results.map((result) => ({ file, ...result }))
      outcomes.push(...ran)
      expect(ran.filter((outcome) => !isPassed(outcome) && ruleFor(outcome) === undefined).map(explain)).toEqual([])
    })

    it('excludes as many files and specs as the list of exclusions says', () => {
      const failing = outcomes.filter((outcome) => !isPassed(outcome))
      expect(
        excludedSpecs.map((rule) => ({ ...rule, count: failing.filter((outcome) => ruleFor(outcome) === rule).length }))
      ).toEqual(excludedSpecs)
      expect(
        excludedFiles.map((rule) => ({ ...rule, count: allFiles.filter((file) => rule.files.test(file)).length }))
      ).toEqual(excludedFiles)
    })

    it('is described by docs/conformance.md', () => {
      expect(readFileSync(description, 'utf8')).toContain(exclusionList())
    })

    afterAll(() => {
      process.stdout.write(`${summarize(mode, outcomes)}\n`)
    })
  })
}
