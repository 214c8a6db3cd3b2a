import { type ExcludedFiles, type ExcludedSpecs, excludedFiles, excludedSpecs } from './exclusions'

const code = (pattern: RegExp): string => `\`${pattern.source}\``

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const showFiles = ({ files, reason, count }: ExcludedFiles): string =>
  `* ${countOf(count, 'file')}: ${reason}.\n  ${code(files)}`

function showSpecs({ refused = [], specs, reason, count }: ExcludedSpecs): string {
  const patterns = [...refused, ...(specs === undefined ? [] : [code(specs)])]
  return `* ${countOf(count, 'spec')}: ${reason}.\n  ${patterns.join(', ')}`
}

/** All exclusions as the list that stands in docs/conformance.md. */
export const exclusionList = (): string =>
  [...excludedFiles.map(showFiles), '', ...excludedSpecs.map(showSpecs)].join('\n')
