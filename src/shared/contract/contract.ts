import type { z } from 'zod'

/** What a request takes, gives and tells on its way, as types. */
export interface Exchange {
  /** What a caller gives; fields with a default may be left out. */
  readonly input: unknown
  /** What a handler gets. */
  readonly params: unknown
  readonly result: unknown
  readonly progress: unknown
}

/** The exchanges of a contract by the names of its requests. */
export type Exchanges<Requests> = { readonly [Name in keyof Requests]: Exchange }

interface Declaration {
  readonly params: z.ZodType
  readonly result: z.ZodType
  readonly progress: z.ZodType
}

/** The exchanges that a table of declared requests stands for. */
export type ExchangesOf<Table extends Readonly<Record<string, Declaration>>> = {
  readonly [Name in keyof Table]: {
    readonly input: z.input<Table[Name]['params']>
    readonly params: z.output<Table[Name]['params']>
    readonly result: z.output<Table[Name]['result']>
    readonly progress: z.output<Table[Name]['progress']>
  }
}

/** What the events of a table carry. */
export type PayloadsOf<Table extends Readonly<Record<string, z.ZodType>>> = {
  readonly [Name in keyof Table]: z.output<Table[Name]>
}

/**
 * All that two sides say to each other: the schemas of each request and each event by name. Clients, dispatchers and
 * mocks are derived from it.
 */
export interface Contract<Requests extends Exchanges<Requests>, Events> {
  readonly requests: {
    readonly [Name in keyof Requests]: {
      readonly params: z.ZodType<Requests[Name]['params']>
      readonly result: z.ZodType<Requests[Name]['result']>
      readonly progress: z.ZodType<Requests[Name]['progress']>
    }
  }
  readonly events: { readonly [Name in keyof Events]: z.ZodType<Events[Name]> }
}

/** Whether `table` has an entry of its own of this name. */
export const isNameIn = <Table extends object>(table: Table, name: string): name is keyof Table & string =>
  Object.hasOwn(table, name)
