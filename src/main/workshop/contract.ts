import { appRequests } from '../../shared/contract/app'
import type { Client } from '../../shared/contract/client'
import type { Contract, ExchangesOf } from '../../shared/contract/contract'
import { dataRequests } from '../../shared/contract/data'
import type { HandlersOf } from '../../shared/contract/dispatcher'
import { exploreWork } from './exploreContract'

/** What the host asks of the workshop. Paths are checked by the host before they come here. */
const workshopRequests = {
  'app/doctor': appRequests['app/doctor'],
  'data/import': dataRequests['data/import'],
  'data/preview': dataRequests['data/preview'],
  ...exploreWork
}

export type WorkshopExchanges = ExchangesOf<typeof workshopRequests>
/** The workshop tells nothing by itself. */
type WorkshopPayloads = Readonly<Record<never, never>>

export const workshopContract: Contract<WorkshopExchanges, WorkshopPayloads> = {
  requests: workshopRequests,
  events: {}
}

export type WorkshopClient = Client<WorkshopExchanges, WorkshopPayloads>
export type WorkshopHandlers = HandlersOf<WorkshopExchanges>

/** The handlers of the requests whose names begin so. */
export type HandlersOfArea<Area extends string> = Pick<
  WorkshopHandlers,
  Extract<keyof WorkshopExchanges, `${Area}/${string}`>
>
