import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { KwiatError } from '../../../shared/errors'
import { nodeDisk } from '../../files/disk'
import { explainDiskFaults } from '../../files/explainDiskFaults'
import { RememberedFile } from '../rememberedFile'

const id = z.string().regex(/^[0-9a-f]{8}$/)
const name = z.string().min(1).max(100)
/** ISO 8601 in UTC. */
const time = z.iso.datetime()

const favouriteSchema = z.strictObject({
  id,
  name,
  created: time,
  /** Where its picture comes from. */
  run: z.string(),
  runName: z.string(),
  step: z.int().min(0),
  weights: z.enum(['ema', 'raw']),
  latent: z.array(z.number()),
  /** A PNG in base64: it stays when the checkpoint is gone. */
  picture: z.base64()
})
export type Favourite = z.infer<typeof favouriteSchema>

const savedDirectionSchema = z.strictObject({
  id,
  name,
  created: time,
  run: z.string(),
  runName: z.string(),
  vector: z.array(z.number())
})
export type SavedDirection = z.infer<typeof savedDirectionSchema>

const contentSchema = z.strictObject({
  format: z.literal('kwiat-explore'),
  formatVersion: z.literal(1),
  favourites: z.array(favouriteSchema),
  directions: z.array(savedDirectionSchema)
})
type Content = z.infer<typeof contentSchema>

const initial: Content = { format: 'kwiat-explore', formatVersion: 1, favourites: [], directions: [] }

type Kind = 'favourites' | 'directions'
type Item<K extends Kind> = Content[K][number]

const missing = (itemId: string): KwiatError =>
  new KwiatError('favourite-not-found', {
    who: `favourite ${itemId}`,
    expected: 'one that is kept',
    actual: 'none of this name',
    todo: 'reload the list'
  })

/** The latents and directions that the user keeps, in one file beside what the studio remembers. */
export class Keepsakes {
  readonly #path: string
  readonly #file: RememberedFile<Content>
  /** What was removed since the start, by id. */
  readonly #removed: { readonly [K in Kind]: Map<string, Item<K>> } = { favourites: new Map(), directions: new Map() }

  private constructor(path: string, file: RememberedFile<Content>) {
    this.#path = path
    this.#file = file
  }

  /** Opens the file, or begins anew; one that can't be understood is put aside, and `onBroken` is told where. */
  static async open(path: string, onBroken: (aside: string) => void): Promise<Keepsakes> {
    return new Keepsakes(path, await RememberedFile.open(path, { schema: contentSchema, initial }, onBroken))
  }

  /** Newest first. */
  get favourites(): readonly Favourite[] {
    return this.#file.content.favourites.toReversed()
  }

  /** Newest first. */
  get directions(): readonly SavedDirection[] {
    return this.#file.content.directions.toReversed()
  }

  addFavourite(facts: Omit<Favourite, 'id' | 'created'>): Promise<Favourite> {
    return this.#add('favourites', { ...newItem(), ...facts })
  }

  addDirection(facts: Omit<SavedDirection, 'id' | 'created'>): Promise<SavedDirection> {
    return this.#add('directions', { ...newItem(), ...facts })
  }

  /** @throws KwiatError `favourite-not-found` */
  async rename(kind: Kind, itemId: string, newName: string): Promise<undefined> {
    this.#check(kind, itemId)
    await this.#change(kind, (items) => items.map((item) => (item.id === itemId ? { ...item, name: newName } : item)))
  }

  /** Does nothing when it is gone already. */
  async remove<K extends Kind>(kind: K, itemId: string): Promise<undefined> {
    const items: readonly Item<K>[] = this.#file.content[kind]
    const removed = items.find((item) => item.id === itemId)
    if (removed !== undefined) {
      this.#removedOf(kind).set(itemId, removed)
      await this.#change(kind, (kept) => kept.filter((item) => item.id !== itemId))
    }
  }

  /**
   * Takes one back that was removed since the start, to the place it had.
   *
   * @throws KwiatError `favourite-not-found`
   */
  async restore<K extends Kind>(kind: K, itemId: string): Promise<undefined> {
    const removed = this.#removedOf(kind).get(itemId)
    if (removed === undefined) {
      throw missing(itemId)
    }
    this.#removedOf(kind).delete(itemId)
    await this.#change(kind, (kept) => [...kept, removed].sort((a, b) => a.created.localeCompare(b.created)))
  }

  #removedOf<K extends Kind>(kind: K): Map<string, Item<K>> {
    return this.#removed[kind]
  }

  #check(kind: Kind, itemId: string): void {
    if (!this.#file.content[kind].some((item) => item.id === itemId)) {
      throw missing(itemId)
    }
  }

  async #add<K extends Kind>(kind: K, item: Item<K>): Promise<Item<K>> {
    await this.#change(kind, (items) => [...items, item])
    return item
  }

  /** Resolves when the change is on the disk. */
  async #change<K extends Kind>(kind: K, change: (items: readonly Item<K>[]) => Item<K>[]): Promise<void> {
    const items: readonly Item<K>[] = this.#file.content[kind]
    this.#file.update({ [kind]: change(items) })
    const task = {
      task: 'saving favourites',
      folder: this.#path,
      bytes: 0,
      safe: 'those saved before are whole'
    }
    await explainDiskFaults(task, nodeDisk, () => this.#file.flush())
  }
}

const newItem = () => ({ id: randomBytes(4).toString('hex'), created: new Date().toISOString() })
