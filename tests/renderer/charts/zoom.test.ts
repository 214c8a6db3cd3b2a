import { describe, expect, it } from 'vitest'
import { zoomAround, zoomTo } from '../../../src/renderer/charts/zoom'

const all = { from: 0, to: 1000 }

describe('zooming by the wheel', () => {
  it('keeps the step under the mouse where it is', () => {
    const near = zoomAround(all, 250, 0.5, all)
    expect(near).toEqual({ from: 125, to: 625 })
    expect(zoomAround({ from: 125, to: 625 }, 250, 2, all)).toBeNull()
  })

  it('stays within what was measured', () => {
    expect(zoomAround({ from: 900, to: 1000 }, 900, 2, all)).toEqual({ from: 800, to: 1000 })
  })

  it('never shows fewer than ten steps', () => {
    expect(zoomAround({ from: 500, to: 510 }, 505, 0.01, all)).toEqual({ from: 500, to: 510 })
  })
})

describe('zooming to an interval', () => {
  it('shows it, whichever end was first', () => {
    expect(zoomTo(300, 400, all)).toEqual({ from: 300, to: 400 })
    expect(zoomTo(400, 300, all)).toEqual({ from: 300, to: 400 })
  })

  it('is all where it covers all', () => {
    expect(zoomTo(-5, 2000, all)).toBeNull()
  })
})
