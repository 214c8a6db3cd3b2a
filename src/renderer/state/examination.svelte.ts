import type { Examination } from '../../shared/contract/app'
import type { StudioClient } from '../../shared/contract/studio'

/** What the studio found out about this computer; asked for once it is wanted, since trying engines takes seconds. */
export class ExaminationState {
  readonly #client: StudioClient
  #result: Examination | null = $state.raw(null)
  #isBusy = $state(false)

  constructor(client: StudioClient) {
    this.#client = client
  }

  get result(): Examination | null {
    return this.#result
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  async run(): Promise<void> {
    this.#isBusy = true
    try {
      this.#result = await this.#client.call('app/doctor')
    } finally {
      this.#isBusy = false
    }
  }
}
