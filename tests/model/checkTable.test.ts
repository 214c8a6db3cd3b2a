import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildChecks } from '../../src/main/model/checks/buildChecks'
import { meanings } from '../../src/main/model/checks/registerChecks'
import { runChecks } from '../../src/main/model/checks/runChecks'
import { keysOf } from '../../src/shared/records'

/** The rows of docs/model.md, made from the registration lists. */
function tableRows(): string[] {
  const severities = new Map<string, string>([
    ...keysOf(runChecks).map((code) => [code, runChecks[code].severity] as const),
    ...keysOf(buildChecks).map((code) => [code, 'error'] as const)
  ])
  return keysOf(meanings).map((code) => {
    const { title, why } = meanings[code]
    return `| \`${code}\` | ${severities.get(code) ?? 'error'} | ${title.en} | ${why.en} |`
  })
}

test('docs/model.md has the table of all checks', async () => {
  const page = await readFile('docs/model.md', 'utf8')
  const [, table = ''] = page.split('| code | severity |')
  expect(table.split('\n').filter((line) => line.startsWith('| `'))).toEqual(tableRows())
})
