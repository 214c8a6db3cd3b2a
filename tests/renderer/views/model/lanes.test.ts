import { expect, it } from 'vitest'
import { lanesOf } from '../../../../src/renderer/views/model/lanes'

/** One character a lane and row: o touches, | passes, a space is free. */
function draw(rowCount: number, edges: readonly (readonly [number, number])[]): readonly string[] {
  const rows = lanesOf(
    rowCount,
    edges.map(([from, to]) => ({ from, to }))
  )
  const width = Math.max(...rows.flat().map(({ lane }) => lane + 1))
  return rows.map((parts) =>
    Array.from({ length: width }, (_, lane) => {
      const here = parts.filter((part) => part.lane === lane)
      return here.length === 0 ? ' ' : here.some(({ touches }) => touches) ? 'o' : '|'
    }).join('')
  )
}

it('draws a connection from the row that gives to the row that reads', () => {
  expect(draw(5, [[1, 3]])).toEqual([' ', 'o', '|', 'o', ' '])
})

it('gives connections that run side by side lanes of their own', () => {
  expect(
    draw(5, [
      [0, 4],
      [1, 3]
    ])
  ).toEqual(['o ', '|o', '||', '|o', 'o '])
})

it('uses a lane again from the row where it became free', () => {
  expect(
    draw(5, [
      [0, 2],
      [2, 4]
    ])
  ).toEqual(['o', '|', 'o', '|', 'o'])
})

it('tells where a line comes from above and where it goes on below', () => {
  const [first, second, third] = lanesOf(3, [{ from: 0, to: 2 }])
  expect([first, second, third].map((parts) => parts?.map(({ comes, goes }) => [comes, goes]))).toEqual([
    [[false, true]],
    [[true, true]],
    [[true, false]]
  ])
})
