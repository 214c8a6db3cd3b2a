const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size for people, in powers of 1000 as disks are sold: 75_203_112 → "75.2 MB". */
export function formatBytes(bytes: number): string {
  const exponent = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** exponent
  return `${exponent === 0 ? value : value.toFixed(1)} ${units[exponent]}`
}
