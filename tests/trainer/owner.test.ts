import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { forkProcess } from '../../src/main/process/forkProcess'
import { superviseTrainer, type Trainer } from '../../src/main/trainer/owner'
import type { TrainingEvent, TrainRequest } from '../../src/shared/contract/training'
import { rejection } from '../support/rejection'
import { temporaryFolder } from '../support/temporaryFolder'

const request: TrainRequest = { kind: 'resume', run: '/runs/a', engine: {} }

/** A child of Node with this entry; what it prints is left out. */
const startEntry = (entry: string, onEvent: (event: TrainingEvent) => void): Trainer =>
  superviseTrainer(
    forkProcess(entry)(() => undefined),
    request,
    { onEvent }
  )

/** Starts a trainer that is nothing but `script`; `onEvent` gets the trainer as well. */
async function startScript(
  script: string,
  onEvent: (event: TrainingEvent, trainer: Trainer) => void = () => undefined
) {
  const entry = join(await temporaryFolder(), 'trainer.cjs')
  await writeFile(entry, script)
  const events: TrainingEvent[] = []
  const trainer = startEntry(entry, (event) => {
    events.push(event)
    onEvent(event, trainer)
  })
  return { events, trainer }
}

/** Runs `script` as a trainer to its end. */
async function runScript(script: string) {
  const { events, trainer } = await startScript(script)
  return { outcome: await trainer.outcome, events }
}

const finished = { event: 'finished', step: 3, run: '/runs/a', reason: 'done' }
const importing = { event: 'importing', done: 1, total: 2, refused: 0 }
const say = (event: object): string => `process.send(${JSON.stringify(event)})`

it('a trainer’s last message is its outcome, however fast it ends', async () => {
  const { outcome, events } = await runScript(
    `${say(importing)}; process.send(${JSON.stringify(finished)}, () => process.exit(0))`
  )
  expect(outcome).toEqual(finished)
  expect(events).toEqual([importing, finished])
})

it.each([
  { name: 'an exit', script: 'process.exit(3)', actual: 'exit code 3' },
  {
    name: 'an error',
    script: "process.on('message', () => { throw new Error('bug') })",
    actual: 'exit code 1'
  },
  { name: 'an abort', script: 'process.abort()', actual: 'an end by SIGABRT' },
  {
    name: 'a kill',
    script: "process.kill(process.pid, 'SIGKILL')",
    actual: 'an end by SIGKILL \\(killed, or out of memory\\)'
  },
  {
    name: 'an end without a word',
    script: 'process.disconnect()',
    actual: 'an end without a word \\(killed, or out of memory\\)'
  }
])('$name of the trainer is a failed outcome that says how to go on', async ({ script, actual }) => {
  const { outcome, events } = await runScript(script)
  expect(outcome).toMatchObject({ event: 'failed', code: 'trainer-crashed', run: '/runs/a' })
  expect(outcome).toHaveProperty(
    'message',
    expect.stringMatching(new RegExp(`^trainer process: .*, got ${actual}; go on .* kwiat resume /runs/a\\.$`))
  )
  expect(events).toEqual([outcome])
})

it('a trainer that can’t be started is a failed outcome', async () => {
  const trainer = startEntry(join(await temporaryFolder(), 'missing.cjs'), () => undefined)
  expect(await trainer.outcome).toMatchObject({ event: 'failed', code: 'trainer-crashed' })
})

it('a message that is no event is passed over', async () => {
  const { events } = await runScript(
    `${say({ event: 'step', step: -1 })}; process.send(${JSON.stringify(finished)}, () => process.exit(0))`
  )
  expect(events).toEqual([finished])
})

it('a trainer that is ended by a signal to its whole group after it was told to stop has not crashed', async () => {
  const { trainer } = await startScript(
    `${say(importing)}; setInterval(() => {}, 1000)
    process.on('message', ({ command }) => { if (command === 'stop') process.kill(process.pid, 'SIGINT') })`,
    (event, own) => {
      if (event.event === 'importing') {
        own.stop()
      }
    }
  )
  expect(await trainer.outcome).toEqual({ event: 'finished', step: 0, run: null, reason: 'stopped' })
})

it('a trainer that is killed ends at once, even in the middle of a step', async () => {
  const { trainer } = await startScript(`${say(importing)}; setTimeout(() => { for (;;); }, 0)`, (event, own) => {
    if (event.event === 'importing') {
      own.kill()
    }
  })
  expect(await trainer.outcome).toMatchObject({ code: 'trainer-crashed' })
})

const answering = (outcome: object): string =>
  `process.on('message', ({ command }) => { if (command === 'snapshot') { ${say({ event: 'snapshot', outcome })} } })`

it('a snapshot is told to all who wait for it; training goes on', async () => {
  const snapshot = { folder: '/tmp/step-000007', step: 7 }
  const { trainer, events } = await startScript(answering(snapshot))
  expect(await Promise.all([trainer.snapshot('/tmp'), trainer.snapshot('/tmp')])).toEqual([snapshot, snapshot])
  expect(await trainer.snapshot('/tmp')).toEqual(snapshot)
  expect(events).toEqual([])
  trainer.kill()
  await trainer.outcome
})

it.each([
  { when: 'can’t be written', script: answering({ problem: 'a full disk' }), got: /got a full disk/ },
  {
    when: 'is not there before training ends',
    script: "process.on('message', ({ command }) => { if (command === 'snapshot') { process.exit(0) } })",
    got: /got one that has ended/
  }
])('a snapshot that $when is an error that says so', async ({ script, got }) => {
  const { trainer } = await startScript(script)
  const { message } = await rejection('run-not-training', () => trainer.snapshot('/tmp'))
  expect(message).toMatch(got)
  trainer.kill()
  await trainer.outcome
  await rejection('run-not-training', () => trainer.snapshot('/tmp'))
})
