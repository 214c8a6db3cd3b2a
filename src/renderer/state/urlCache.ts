/** The bytes are copied, since a blob can't hold memory that others may share. */
export const urlOfPng = (png: Uint8Array): string =>
  URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' }))

/** Object URLs of pictures by a name, the newest used ones only: a long run must not fill the memory. */
export class UrlCache {
  readonly #most: number
  /** In the order of their use, oldest first. */
  readonly #urls = new Map<string, Promise<string>>()

  /** @param most pictures that are kept */
  constructor(most: number) {
    this.#most = most
  }

  /** A URL of the picture; it stays valid while fewer than `most` others were asked for since. */
  url(name: string, load: () => Promise<Uint8Array>): Promise<string> {
    const url = this.#urls.get(name) ?? load().then(urlOfPng)
    this.#urls.delete(name)
    this.#urls.set(name, url)
    url.catch(() => this.#urls.delete(name))
    this.#forgetOldest()
    return url
  }

  #forgetOldest(): void {
    const surplus = [...this.#urls].slice(0, Math.max(0, this.#urls.size - this.#most))
    for (const [name, url] of surplus) {
      this.#urls.delete(name)
      url.then(URL.revokeObjectURL, () => undefined)
    }
  }
}
