import type { Handlers } from '../../shared/contract/studio'
import type { Checkpoints } from './checkpoints'

type CheckpointHandlers = Pick<Handlers, Extract<keyof Handlers, `checkpoints/${string}`>>

/** The window's requests about a run's checkpoints. */
export const checkpointHandlers = (checkpoints: Checkpoints): CheckpointHandlers => ({
  'checkpoints/list': ({ id }) => checkpoints.list(id),
  'checkpoints/verify': async (params, ports) => ({ checkpoint: await checkpoints.verify(params, ports) }),
  'checkpoints/pin': async (params) => ({ checkpoint: await checkpoints.pin(params) }),
  'checkpoints/delete': async (params) => ({ trash: await checkpoints.delete(params) }),
  'checkpoints/restore': async (params) => ({ steps: await checkpoints.restore(params) }),
  'checkpoints/emptyTrash': async ({ id }) => ({ freedBytes: await checkpoints.emptyTrash(id) }),
  'checkpoints/setRule': async (params) => {
    await checkpoints.setRule(params)
    return undefined
  },
  'checkpoints/picture': async (params, context) => ({ png: await checkpoints.picture(params, context) }),
  'checkpoints/reveal': async (params) => {
    await checkpoints.reveal(params)
    return undefined
  },
  'checkpoints/after': (params) => checkpoints.after(params)
})
